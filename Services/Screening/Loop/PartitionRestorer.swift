import Events
import Kafka
import Logging
import Pipeline
import ServiceKit

/// Takes partitions over: finds where each begins and restores what its journal remembers.
///
/// Belongs to one worker's thread.
final class PartitionRestorer {
    /// What became of a partition.
    enum Result {
        /// It can be read; a gap up to `skippedTo` has to be recorded first.
        case ready(InputPartition, skippedTo: Int64?)
        /// It must not be read; the reason names the cure.
        case refused(String)
    }

    private let settings: ScreeningConfiguration
    private let consumer: KafkaConsumer
    private let journals: JournalReader
    private let stop: StopSignal
    private let logger: Logger

    init(_ worker: ScreeningWorker, consumer: KafkaConsumer, journals: JournalReader) {
        settings = worker.settings
        logger = worker.logger
        stop = worker.stop
        self.consumer = consumer
        self.journals = journals
    }

    /// Restores one partition.
    ///
    /// The group's offset and the journal move in one transaction, but their commit markers reach
    /// the two partitions one after the other; so a disagreement is asked about again for a while.
    ///
    /// - Parameter progress: told how many marks have been read, each time some were.
    func restore(
        _ place: TopicPartition,
        horizon: Int,
        progress: (Int) -> Void
    ) throws -> Result {
        guard let input = settings.input(ofTopic: place.topic) else {
            return .refused("it is not a topic of this service")
        }
        let journal = TopicPartition(
            topic: settings.topics.journal(input),
            partition: place.partition
        )
        let started = ContinuousClock.now
        while true {
            let tail: JournalTail
            do {
                tail = try journals.tail(of: journal, horizon: horizon, progress: progress)
            } catch let damage as JournalReader.Damage {
                return .refused(
                    "\(damage.place) has a record that is no journal record at offset "
                        + "\(damage.offset): \(damage.rejection)"
                )
            }
            let committed = try consumer.committed([place], timeLimit: settings.brokerTimeLimit)
            let available = try consumer.watermarks(place, timeLimit: settings.brokerTimeLimit)
            let decision = StartDecision(
                committed: committed[place],
                journal: tail.last?.next,
                available: available
            )
            switch decision {
            case .start(let offset):
                return .ready(
                    partition(input, place, from: offset, tail, horizon),
                    skippedTo: nil
                )
            case .startAfterGap(let lost):
                return .ready(
                    partition(input, place, from: lost.lowerBound, tail, horizon),
                    skippedTo: lost.upperBound
                )
            case .stop(let reason):
                return .refused(reason)
            case .wait(let reason):
                if .now - started > settings.markerTimeLimit { return .refused(reason) }
                stop.wait(atMost: .milliseconds(200))
                if stop.isRequested { return .refused("stopped while restoring") }
            }
        }
    }

    private func partition(
        _ input: InputTopic,
        _ place: TopicPartition,
        from start: Int64,
        _ tail: JournalTail,
        _ horizon: Int
    ) -> InputPartition {
        logger.info(
            "restored",
            metadata: [
                "kafka.partition": "\(place)", "kafka.offset": "\(start)",
                "dedupe.marks": "\(min(tail.marks.count, horizon))",
            ]
        )
        return InputPartition(
            input: input,
            topic: place.topic,
            partition: place.partition,
            start: start,
            tally: tail.last?.tally ?? JournalRecord.Tally(since: start),
            marks: (
                key: tail.last?.hashKey ?? .random(), window: tail.window(horizon: horizon)
            )
        )
    }
}

extension HashKey {
    /// A key from the system's source of randomness.
    fileprivate static func random() -> HashKey {
        HashKey(low: .random(in: .min ... .max), high: .random(in: .min ... .max))
    }
}
