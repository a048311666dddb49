public import BanRules
internal import Events
public import Kafka

/// Reads `ban-rules`; one thread.
public struct RuleTopic {
    private let reader: KafkaReader
    private let topic: String
    /// What the topic has said so far.
    public private(set) var rules = PublishedRules()
    /// Whether everything that stands on the topic has been read once.
    public private(set) var isCaughtUp = false
    private var hasBegun = false

    /// Reads with a reader that this owns from now on.
    public init(_ reader: KafkaReader, topic: String) {
        self.reader = reader
        self.topic = topic
    }

    /// Finds the topic and begins at its beginning; false if there is no such topic.
    ///
    /// Blocks up to the limit.
    public mutating func begin(timeLimit: Duration) throws(KafkaError) -> Bool {
        do throws(KafkaError) {
            guard try reader.partitionCount(topic, timeLimit: timeLimit) > 0 else { return false }
        } catch {
            guard error.isUnknownTopic else { throw error }
            return false
        }
        let place = TopicPartition(topic: topic, partition: 0)
        try reader.assign([(place, .earliest)], timeLimit: timeLimit)
        hasBegun = true
        return true
    }

    /// Waits for records and tells what each set among them brought.
    public mutating func poll(
        wait: Duration,
        _ report: (PublishedRules.Change) -> Void
    ) throws(KafkaError) {
        let batch = try reader.poll(recordLimit: 1_000, wait: wait)
        Self.take(batch, into: &rules, report)
        if hasBegun, reader.isAtEnd { isCaughtUp = true }
    }

    /// The last set that holds, read from the beginning to where the topic ends now; nil if the
    /// topic is not there or has none.
    ///
    /// - Parameter report: called with each set that cannot be used.
    public static func latest(
        _ reader: KafkaReader,
        topic: String,
        timeLimit: Duration,
        refused report: (_ offset: Int64, _ reason: String) -> Void
    ) throws -> PublishedRules.Release? {
        do throws(KafkaError) {
            guard try reader.partitionCount(topic, timeLimit: timeLimit) > 0 else { return nil }
        } catch {
            guard error.isUnknownTopic else { throw error }
            return nil
        }
        var rules = PublishedRules()
        let place = TopicPartition(topic: topic, partition: 0)
        try reader.readToEnd([(place, .earliest)], idleLimit: timeLimit) { batch in
            Self.take(batch, into: &rules) { change in
                if case .refused(let offset, let reason) = change { report(offset, reason) }
            }
        }
        return rules.current
    }

    private static func take(
        _ batch: borrowing RecordBatch,
        into rules: inout PublishedRules,
        _ report: (PublishedRules.Change) -> Void
    ) {
        for index in 0..<batch.count {
            batch.withRecord(at: index) { info, key, value in
                var present: RawSpan?
                if info.hasValue { present = value }
                report(rules.take(key: key, value: present, offset: info.offset))
            }
        }
    }

    /// Ends the reader.
    public func close() { reader.close() }
}
