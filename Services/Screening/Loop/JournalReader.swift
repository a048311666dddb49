import Events
import Kafka
import Logging
import Pipeline

/// Reads the tails of journal partitions when a worker takes partitions over.
///
/// Belongs to one worker's thread.
final class JournalReader {
    private let reader: KafkaReader
    private let timeLimit: Duration

    /// A record of the journal that cannot be understood.
    struct Damage: Error {
        let place: TopicPartition
        let offset: Int64
        let rejection: Rejection
    }

    init(_ configuration: KafkaConfiguration, timeLimit: Duration, logger: Logger)
        throws(KafkaError)
    {
        reader = try KafkaReader(configuration, logger: logger)
        self.timeLimit = timeLimit
    }

    /// Reads the tail of a journal partition, far enough back for `horizon` marks.
    ///
    /// How many records that takes is not known beforehand: it reads a few, sees how many marks
    /// they hold, and reads again from further back if that was not enough.
    ///
    /// - Parameter progress: told how many marks have been read, each time some were.
    func tail(
        of journal: TopicPartition,
        horizon: Int,
        progress: (Int) -> Void
    ) throws -> JournalTail {
        let available = try reader.watermarks(journal, timeLimit: timeLimit)
        var span: Int64 = 256
        while true {
            let start = max(available.lowerBound, available.upperBound - span)
            let tail = try read(journal, from: start, progress)
            if start == available.lowerBound || tail.marks.count >= horizon { return tail }
            let marksPerRecord = max(1, Int64(tail.marks.count) / span)
            span = max(span * 4, Int64(horizon) / marksPerRecord + 256)
        }
    }

    /// The topics that screening needs, as the broker has them now.
    func checkTopics(_ topics: TopicNames) throws(KafkaError) -> TopicCheck {
        try TopicCheck(reader, topics: topics, timeLimit: timeLimit)
    }

    /// Ends the reader's connections.
    func close() { reader.close() }

    private func read(
        _ journal: TopicPartition,
        from start: Int64,
        _ progress: (Int) -> Void
    ) throws -> JournalTail {
        var tail = JournalTail()
        try reader.readToEnd([(journal, .offset(start))], idleLimit: timeLimit) { batch in
            for index in 0..<batch.count {
                try batch.withRecord(at: index) { info, _, value throws(Damage) in
                    do throws(Rejection) {
                        tail.append(try JournalRecord(value: value))
                    } catch {
                        throw Damage(place: journal, offset: info.offset, rejection: error)
                    }
                }
            }
            progress(tail.marks.count)
        }
        return tail
    }
}
