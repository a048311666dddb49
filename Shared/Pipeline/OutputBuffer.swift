package import Events

/// The topics that screening writes to.
package enum OutputTopic: Int, CaseIterable {
    case flaggedTransactions
    case downloadCounts
    case appstoreJournal
    case paymentJournal
    case deadLetters

    /// The topic's full name.
    package func name(in names: TopicNames) -> String {
        switch self {
        case .flaggedTransactions: names.flaggedTransactions
        case .downloadCounts: names.downloadCounts
        case .appstoreJournal: names.appstoreJournal
        case .paymentJournal: names.paymentJournal
        case .deadLetters: names.deadLetters
        }
    }

    /// The journal of an input.
    package static func journal(of input: InputTopic) -> OutputTopic {
        switch input {
        case .appstoreEvents: .appstoreJournal
        case .paymentTransactions: .paymentJournal
        }
    }
}

/// A header of a record to write.
package struct OutputHeader: Hashable {
    package let name: String
    package let value: [UInt8]

    package init(_ name: String, _ value: [UInt8]) {
        self.name = name
        self.value = value
    }

    package init(_ name: String, _ value: String) {
        self.init(name, Array(value.utf8))
    }
}

/// What a batch wants written, collected in one reusable buffer.
package struct OutputBuffer {
    /// A record to write; its bytes and headers stand in the buffer.
    package struct Record {
        package let topic: OutputTopic
        /// Nil lets the partitioner choose by key.
        package let partition: Int32?
        package let key: Range<Int>?
        package let value: Range<Int>?
        /// Index of its headers plus one, 0 for none.
        fileprivate let headers: Int32
    }

    package private(set) var records: [Record] = []
    private var headerLists: [[OutputHeader]] = []
    private var writer = JSONWriter(reserving: 1 << 16)

    /// The memory that stays reserved between batches, in bytes; an odd huge batch gives it back.
    private static let keptByteLimit = 64 << 20

    /// The buffer's bytes, to cut key and value from.
    package var bytes: [UInt8] { writer.bytes }

    /// The headers of a record of this buffer, in order.
    package func headers(of record: Record) -> [OutputHeader] {
        record.headers == 0 ? [] : headerLists[Int(record.headers) - 1]
    }

    /// Forgets the records, keeping the memory.
    package mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        if !headerLists.isEmpty { headerLists.removeAll(keepingCapacity: true) }
        if writer.bytes.capacity > Self.keptByteLimit {
            writer = JSONWriter(reserving: 1 << 16)
        } else {
            writer.removeAll(keepingCapacity: true)
        }
    }

    /// Adds a record whose key and value are written by closures.
    @inline(__always)
    package mutating func append(
        to topic: OutputTopic,
        partition: Int32? = nil,
        headers: [OutputHeader] = [],
        key writeKey: (inout JSONWriter) -> Void,
        value writeValue: (inout JSONWriter) -> Void
    ) {
        let start = writer.bytes.count
        writer.beginDocument()
        writeKey(&writer)
        let middle = writer.bytes.count
        writer.beginDocument()
        writeValue(&writer)
        records.append(
            Record(
                topic: topic,
                partition: partition,
                key: start..<middle,
                value: middle..<writer.bytes.count,
                headers: keep(headers)
            )
        )
    }

    /// Adds the record of a count.
    package mutating func append(
        _ change: PartitionCounts.ChangedCount,
        of apps: AppTable,
        as text: borrowing DownloadCountText
    ) {
        let key = change.key
        append(to: .downloadCounts) { writer in
            apps.withKeyPart(key.app) { app in
                text.appendKey(app: app, key.country, key.acquisition, to: &writer.bytes)
            }
        } value: { writer in
            apps.withValuePart(key.app) { app in
                text.appendValue(
                    app: app,
                    key.country,
                    key.acquisition,
                    figures: (change.count, change.throughOffset),
                    to: &writer.bytes
                )
            }
        }
    }

    /// Adds a record of bytes as they came; nil stays null.
    package mutating func append(
        to topic: OutputTopic,
        headers: [OutputHeader],
        rawKey: RawSpan?,
        rawValue: RawSpan?
    ) {
        let key = append(raw: rawKey)
        let value = append(raw: rawValue)
        records.append(
            Record(topic: topic, partition: nil, key: key, value: value, headers: keep(headers))
        )
    }

    private mutating func append(raw: RawSpan?) -> Range<Int>? {
        guard let raw else { return nil }
        let start = writer.bytes.count
        unsafe raw.withUnsafeBytes { unsafe writer.bytes.append(contentsOf: $0) }
        return start..<writer.bytes.count
    }

    @inline(__always)
    private mutating func keep(_ headers: [OutputHeader]) -> Int32 {
        if headers.isEmpty { return 0 }
        headerLists.append(headers)
        return Int32(headerLists.count)
    }
}
