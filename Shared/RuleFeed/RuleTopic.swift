public import BanRules
internal import Events
public import Kafka

/// Reads `ban-rules`, each time to where it ends; one thread.
///
/// Between two looks nothing is asked of the broker.
public struct RuleTopic {
    private let reader: KafkaReader
    private let place: TopicPartition
    private var rules = PublishedRules()
    /// Where to read on; nil before the first record.
    private var next: Int64?
    /// Where the topic ended at the last look.
    private var knownEnd: Int64?

    /// Reads with a reader that this owns from now on.
    public init(_ reader: KafkaReader, topic: String) {
        self.reader = reader
        place = TopicPartition(topic: topic, partition: 0)
    }

    /// Reads what was published since the last look.
    ///
    /// Blocks up to the limit while nothing comes.
    ///
    /// - Parameters:
    ///   - refused: called with each set that cannot be used.
    ///   - switched: called with each set that came to hold, in order.
    /// - Returns: the set that holds; nil if there is none, or no such topic.
    public mutating func look(
        timeLimit: Duration,
        refused report: (_ offset: Int64, _ reason: String) -> Void,
        switched adopt: (PublishedRules.Release) -> Void = { _ in }
    ) throws -> PublishedRules.Release? {
        do throws(KafkaError) {
            guard try reader.partitionCount(place.topic, timeLimit: timeLimit) > 0 else {
                return rules.current
            }
        } catch {
            guard error.isUnknownTopic else { throw error }
            return rules.current
        }
        let available = try reader.watermarks(place, timeLimit: timeLimit)
        guard available.upperBound != knownEnd else { return rules.current }
        var start = available.lowerBound
        // Beyond the end it is another topic of that name, to be read from its beginning.
        if let next, next <= available.upperBound { start = max(start, next) }
        try reader.readToEnd([(place, .offset(start))], idleLimit: timeLimit) { batch in
            for index in 0..<batch.count {
                batch.withRecord(at: index) { info, key, value in
                    var present: RawSpan?
                    if info.hasValue { present = value }
                    switch rules.take(key: key, value: present, offset: info.offset) {
                    case .none: break
                    case .refused(let offset, let reason): report(offset, reason)
                    case .switched(let release): adopt(release)
                    }
                    next = info.offset + 1
                }
            }
        }
        knownEnd = available.upperBound
        return rules.current
    }

    /// Ends the reader.
    public func close() { reader.close() }
}
