import BanRules
import CoreMetrics
import Events
import Kafka

/// The service's metrics; every one is added to at most once a batch.
///
/// The four record counters carry topic and partition, so that conservation can be checked from
/// outside: received = screened + duplicate + dead-lettered.
final class ScreeningMetrics: Sendable {
    private let transactionsAborted: Counter
    private let sessionsFailed: Counter
    private let partitionsRefused: Counter
    private let horizon: Gauge
    private let factory: any MetricsFactory
    private let transactions: Counter
    private let transactionDuration: Recorder
    private let batchSize: Recorder

    init(factory: any MetricsFactory) {
        self.factory = factory
        transactions = Counter(
            label: "cordon_screening_transactions_committed_total",
            factory: factory
        )
        transactionsAborted = Counter(
            label: "cordon_screening_transactions_aborted_total",
            factory: factory
        )
        sessionsFailed = Counter(label: "cordon_screening_sessions_failed_total", factory: factory)
        partitionsRefused = Counter(
            label: "cordon_screening_partitions_refused_total",
            factory: factory
        )
        horizon = Gauge(label: "cordon_screening_dedupe_horizon_events", factory: factory)
        transactionDuration = Recorder(
            label: "cordon_screening_transaction_duration_seconds",
            factory: factory
        )
        batchSize = Recorder(label: "cordon_screening_batch_records", factory: factory)
    }

    /// A transaction was aborted; its batch is read again.
    func aborted() { transactionsAborted.increment() }

    /// A session ended by a fault.
    func sessionFailed() { sessionsFailed.increment() }

    /// A partition is not read because of a contradiction.
    func refusedPartition() { partitionsRefused.increment() }

    /// How many seen-marks are kept for each partition now.
    func setHorizon(_ events: Int) { horizon.record(events) }

    /// Adds a committed batch.
    func committed(
        _ outcome: BatchOutcome,
        _ partitions: [InputPartition],
        after duration: Duration
    ) {
        transactions.increment()
        transactionDuration.record(duration / .seconds(1))
        batchSize.record(outcome.received)
        for (disposition, count) in outcome.flags {
            counter("flags", [("disposition", disposition.rawValue)]).increment(by: count)
        }
        for (reason, count) in outcome.refusals {
            counter("dead_letters", [("reason", reason.rawValue)]).increment(by: count)
        }
        for partition in partitions { record(partition) }
    }

    /// Adds what the batch did to a partition: the difference its journal records show.
    private func record(_ partition: InputPartition) {
        let place = [("topic", partition.topic), ("partition", String(partition.partition))]
        let (before, after) = (partition.previousTally, partition.lastingTally)
        let figures: [(String, KeyPath<JournalRecord.Tally, Int64>)] = [
            ("records_received", \.received), ("records_screened", \.screened),
            ("records_duplicate", \.duplicate), ("records_dead_lettered", \.deadLettered),
            ("records_expired", \.expired),
        ]
        for (name, figure) in figures {
            let difference = after[keyPath: figure] - before[keyPath: figure]
            counter(name, place).increment(by: difference)
        }
    }

    private func counter(_ noun: String, _ dimensions: [(String, String)]) -> Counter {
        Counter(
            label: "cordon_screening_\(noun)_total",
            dimensions: dimensions,
            factory: factory
        )
    }
}
