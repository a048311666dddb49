import Events
import Kafka

/// A record of `dead-letters`: why it stands there, where it came from, and how it begins.
struct DeadLetterEntry: Equatable {
    /// Where a record stands or stood.
    struct Place: Hashable {
        let topic: String
        let partition: Int32
        let offset: Int64
    }

    /// Where it stands on `dead-letters`.
    let place: Place
    /// Milliseconds since 1970; -1 when unknown.
    let timestamp: Int64
    let key: String?
    /// The value's first bytes.
    let head: [UInt8]
    /// Bytes of the value as it stands here.
    let byteCount: Int
    private let headers: [String: String]

    private static let headByteCount = 64

    init(_ info: RecordInfo, topic: String, key: RawSpan, value: RawSpan, headers: [String: String])
    {
        place = Place(topic: topic, partition: info.partition, offset: info.offset)
        timestamp = info.timestamp
        self.key = info.hasKey ? key.text : nil
        head = value.extracting(first: Self.headByteCount).bytes
        byteCount = value.byteCount
        self.headers = headers
    }

    /// The reason's word; empty for a record that no service of ours put there.
    var reason: String { headers[DeadLetter.Header.reason] ?? "" }
    var pointer: String { headers[DeadLetter.Header.pointer] ?? "" }
    var message: String? { headers[DeadLetter.Header.message] }
    var stage: String? { headers[DeadLetter.Header.stage] }
    /// For a gap, the first offset that was not lost.
    var endOffset: Int64? { headers[DeadLetter.Header.endOffset].flatMap { Int64($0) } }
    /// Bytes of the whole value when only its head is kept.
    var originalByteCount: Int64? { headers[DeadLetter.Header.originalSize].flatMap { Int64($0) } }
    var originalSHA256: String? { headers[DeadLetter.Header.originalSHA256] }

    /// Where the record came from; nil if the headers do not say.
    var origin: Place? {
        guard let topic = headers[DeadLetter.Header.topic],
            let partition = headers[DeadLetter.Header.partition].flatMap({ Int32($0) }),
            let offset = headers[DeadLetter.Header.offset].flatMap({ Int64($0) })
        else { return nil }
        return Place(topic: topic, partition: partition, offset: offset)
    }

    /// When it was written, if that is known.
    var time: Timestamp? {
        timestamp < 0 ? nil : Timestamp(microseconds: timestamp * 1_000)
    }

    /// The first bytes as text without anything that steers a terminal.
    var readableHead: String {
        String(decoding: head, as: UTF8.self).printable + (byteCount > head.count ? "…" : "")
    }
}

extension RecordBatch {
    /// Lends a record as a dead letter.
    func withDeadLetter(
        at index: Int,
        of topic: String,
        _ body: (DeadLetterEntry, RecordInfo, _ key: RawSpan, _ value: RawSpan) -> Void
    ) {
        let headers = headers(at: index)
        withRecord(at: index) { info, key, value in
            let entry = DeadLetterEntry(
                info,
                topic: topic,
                key: key,
                value: value,
                headers: headers
            )
            body(entry, info, key, value)
        }
    }

    /// A record's headers as texts; the last one of a name counts, as the services append theirs.
    func headers(at index: Int) -> [String: String] {
        var headers: [String: String] = [:]
        forEachHeader(at: index) { name, value in headers[name.text] = value.text }
        return headers
    }
}

extension DeadLetterEntry.Place: CustomStringConvertible {
    /// `topic:partition:offset`, as `--show` takes it.
    var description: String { "\(topic):\(partition):\(offset)" }
}
