import BanRules
import CoreMetrics
import Events
import Kafka
import Pipeline
import ServiceKit

/// The service's metrics; every one is added to at most once a batch.
///
/// The record counters carry topic and partition, so that conservation can be checked from outside:
/// received = screened + duplicate + dead-lettered.
final class ScreeningMetrics: Sendable {
    private let registry: PrometheusRegistry
    private let recordsPolled: Counter
    private let transactions: Counter
    private let transactionsAborted: Counter
    private let sessionsFailed: Counter
    private let partitionsRefused: Counter
    private let falseMatches: Counter
    private let rulesSwitched: Counter
    private let rulesRefused: Counter
    private let horizon: Meter
    private let transactionDuration: CoreMetrics.Timer
    private let batchRecords: Recorder
    private let stages: [(@Sendable (StageTimes.Spent) -> Duration, CoreMetrics.Timer)]

    init(registry: PrometheusRegistry) {
        self.registry = registry
        for (name, help) in Self.meanings { registry.describe(Self.prefix + name, help) }
        registry.describe(
            Self.prefix + "batch_records",
            "Records of a committed transaction.",
            buckets: [1, 10, 100, 1_000, 5_000, 10_000, 50_000, 100_000]
        )
        recordsPolled = registry.counter(Self.prefix + "records_polled_total")
        transactions = registry.counter(Self.prefix + "transactions_committed_total")
        transactionsAborted = registry.counter(Self.prefix + "transactions_aborted_total")
        sessionsFailed = registry.counter(Self.prefix + "sessions_failed_total")
        partitionsRefused = registry.counter(Self.prefix + "partitions_refused_total")
        falseMatches = registry.counter(Self.prefix + "false_matches_total")
        rulesSwitched = registry.counter(Self.prefix + "rules_switched_total")
        rulesRefused = registry.counter(Self.prefix + "rules_refused_total")
        horizon = registry.meter(Self.prefix + "dedupe_horizon_events")
        transactionDuration = registry.timer(Self.prefix + "transaction_duration_seconds")
        batchRecords = registry.histogram(Self.prefix + "batch_records")
        let parts: [(String, @Sendable (StageTimes.Spent) -> Duration)] = [
            ("poll", { $0.poll }), ("screen", { $0.screen }), ("write", { $0.write }),
            ("send", { $0.send }), ("commit", { $0.commit }),
        ]
        stages = parts.map { name, part in
            (part, registry.timer(Self.prefix + "stage_cpu_seconds", [("stage", name)]))
        }
    }

    private static let prefix = "cordon_screening_"

    private static let meanings = [
        (
            "records_polled_total",
            "Records taken from Kafka, whatever became of them."
        ),
        ("records_received_total", "Records read from a partition."),
        ("records_screened_total", "Valid events seen for the first time."),
        ("records_duplicate_total", "Events that repeat one inside the horizon."),
        ("records_dead_lettered_total", "Records that went to dead-letters."),
        ("records_expired_total", "Offsets that retention removed before they were read."),
        ("flags_total", "Flags written, by disposition."),
        ("dead_letters_total", "Dead letters written, by reason."),
        ("transactions_committed_total", "Transactions that went through."),
        ("transactions_aborted_total", "Transactions that were aborted and read again."),
        ("transaction_duration_seconds", "How long the end of a transaction took to go through."),
        ("stage_cpu_seconds", "Processor time of a worker's thread, by stage of a batch."),
        ("sessions_failed_total", "Faults after which a worker began anew."),
        ("partitions_refused_total", "Partitions not read because of a contradiction."),
        ("false_matches_total", "Matches passed over because a directive knows them to be false."),
        ("rules_switched_total", "Rule sets taken up from ban-rules."),
        ("rules_refused_total", "Published rule sets that could not be used."),
        ("rules_info", "1 for the rule set in force, by digest."),
        ("dedupe_horizon_events", "Events remembered for each partition."),
    ]

    /// A batch of records was taken from Kafka.
    func polled(_ count: Int) { recordsPolled.increment(by: count) }

    /// A transaction was aborted; its batch is read again.
    func aborted() { transactionsAborted.increment() }

    /// A session ended by a fault.
    func sessionFailed() { sessionsFailed.increment() }

    /// A partition is not read because of a contradiction.
    func refusedPartition() { partitionsRefused.increment() }

    /// Another rule set holds: the one before, and the new one.
    func switchedRules(from before: String?, to digest: String) {
        if before != nil { rulesSwitched.increment() }
        if let before { info(before).set(0) }
        info(digest).set(1)
    }

    /// A published rule set cannot be used.
    func refusedRules() { rulesRefused.increment() }

    private func info(_ digest: String) -> Meter {
        registry.meter(Self.prefix + "rules_info", [("digest", digest)])
    }

    /// How many seen-marks are kept for each partition now.
    func setHorizon(_ events: Int) { horizon.set(events) }

    /// Adds what a batch cost.
    func spent(_ times: StageTimes.Spent) {
        for (part, timer) in stages {
            timer.recordNanoseconds(Int64(part(times) / .nanoseconds(1)))
        }
    }

    /// Adds a committed batch.
    func committed(
        _ outcome: BatchOutcome,
        _ partitions: [InputPartition],
        after duration: Duration
    ) {
        transactions.increment()
        transactionDuration.recordNanoseconds(Int64(duration / .nanoseconds(1)))
        batchRecords.record(outcome.received)
        falseMatches.increment(by: outcome.falseMatches)
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
        let (before, after) = (partition.state.previousTally, partition.state.lastingTally)
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
        registry.counter("\(Self.prefix)\(noun)_total", dimensions)
    }
}
