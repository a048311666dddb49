import Events
import Kafka

/// The latest record of every key of `download-counts`.
///
/// A year of a large feed has a million keys; each takes 48 bytes here, texts are kept once.
struct CountTable: Sendable {
    /// A record's key with its texts replaced by numbers.
    struct Key: Hashable, Sendable {
        var segment: Int64
        var day: Day
        /// Number in ``CountTable/apps``.
        var app: UInt32
        /// Number in ``CountTable/origins``.
        var origin: UInt32
        var country: CountryCode
        var acquisition: Acquisition
    }

    /// What a key's latest record says.
    struct Entry: Sendable {
        var count: Int64
        var throughOffset: Int64
    }

    private(set) var apps = Interner<DownloadCount.AppKey>()
    private(set) var origins = Interner<TopicPartition>()
    private(set) var latest: [Key: Entry] = [:]
    /// How many records were taken in, all versions of all keys.
    private(set) var recordCount = 0

    /// Takes in a record; nil is a tombstone.
    ///
    /// - Throws: ``Rejection`` when key or value is no count's; the table stays as it was.
    mutating func apply(key: RawSpan, value: RawSpan?) throws(Rejection) {
        guard let value else {
            let key = number(try DownloadCount.Dimensions(key: key))
            latest[key] = nil
            recordCount += 1
            return
        }
        apply(try DownloadCount(value: value))
    }

    /// Takes in a count.
    ///
    /// Records of a key come in the order of their offsets. Where a topic was given more partitions
    /// a key may stand on two of them, read in any order: the one that covers more is the later.
    mutating func apply(_ record: DownloadCount) {
        let key = number(record.dimensions)
        recordCount += 1
        if let held = latest[key], held.throughOffset > record.throughOffset { return }
        latest[key] = Entry(count: record.count, throughOffset: record.throughOffset)
    }

    /// The last input offset that any count covers, by input partition.
    var coverage: [(partition: TopicPartition, throughOffset: Int64)] {
        var highest: [UInt32: Int64] = [:]
        for (key, entry) in latest {
            highest[key.origin] = max(highest[key.origin] ?? .min, entry.throughOffset)
        }
        return highest.map { (origins[$0.key], $0.value) }.sorted { $0.0 < $1.0 }
    }

    private mutating func number(_ dimensions: DownloadCount.Dimensions) -> Key {
        let app = DownloadCount.AppKey(
            store: dimensions.store,
            appID: dimensions.appID,
            storeAppID: dimensions.storeAppID
        )
        let origin = TopicPartition(topic: dimensions.topic, partition: dimensions.partition)
        return Key(
            segment: dimensions.segment,
            day: dimensions.day,
            app: apps.number(of: app),
            origin: origins.number(of: origin),
            country: dimensions.country,
            acquisition: dimensions.acquisition
        )
    }
}

extension DownloadCount.Dimensions {
    /// Reads a record's key back: the dimensions as a JSON array in the order of the contract.
    ///
    /// - Throws: ``Rejection`` naming the first element that does not fit.
    init(key: RawSpan) throws(Rejection) {
        let parts = KeyReader(elements: try JSONValue.parse(key).arrayValue ?? [])
        guard parts.elements.count == 9 else {
            throw Rejection(
                reason: .wrongType,
                pointer: "",
                detail: "an array of nine dimensions is expected"
            )
        }
        self.init(
            day: try parts.value(0, Day.init),
            app: DownloadCount.AppKey(
                store: try parts.text(1),
                appID: try parts.optionalText(2),
                storeAppID: try parts.optionalText(3)
            ),
            country: try parts.value(4, CountryCode.init),
            acquisition: try parts.value(5, Acquisition.init(word:)),
            origin: DownloadCount.Origin(
                topic: try parts.text(6),
                partition: try parts.integer(7),
                segment: try parts.integer(8)
            )
        )
    }
}

private struct KeyReader {
    let elements: [JSONValue]

    func text(_ index: Int) throws(Rejection) -> String {
        guard let text = elements[index].stringValue else { throw rejection(index) }
        return text
    }

    func optionalText(_ index: Int) throws(Rejection) -> String? {
        elements[index].isNull ? nil : try text(index)
    }

    func value<Value>(_ index: Int, _ parse: (String) -> Value?) throws(Rejection) -> Value {
        guard let value = parse(try text(index)) else { throw rejection(index) }
        return value
    }

    func integer<Number: FixedWidthInteger>(_ index: Int) throws(Rejection) -> Number {
        guard let number = elements[index].integerValue.flatMap(Number.init(exactly:)) else {
            throw rejection(index)
        }
        return number
    }

    private func rejection(_ index: Int) -> Rejection {
        Rejection(
            reason: .invalidValue,
            pointer: "/\(index)",
            detail: "the element is not of its kind"
        )
    }
}
