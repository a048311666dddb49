import BanRules
import Events
import Kafka
import Pipeline
import ServiceKit

/// Judges an input partition again, batch by batch under the rule set that the journal names, and
/// compares every flag and every count; one thread.
///
/// The pipeline is the one that screening runs, so what is shown is that the topics hold its output
/// exactly, each part once. That the pipeline itself is right is for its tests.
struct DeepAudit {
    private let audit: PartitionAudit
    private let history: RuleHistory
    private let horizon: Int

    /// What the inputs give: flags by id with their bytes, counts by what they count.
    private(set) var flags: [String: [UInt8]] = [:]
    private(set) var counts: [CountKey: Int64] = [:]
    /// What went otherwise than the journal says.
    private(set) var residues: [String] = []
    /// Offsets that could not be judged again: retention took them, or the rules are unknown.
    private(set) var passedOver: [Range<Int64>] = []

    /// What is counted, whatever the segment.
    struct CountKey: Hashable {
        var day: Day
        var app: DownloadCount.AppKey
        var country: CountryCode
        var acquisition: Acquisition
    }

    init(_ audit: PartitionAudit, _ history: RuleHistory, horizon: Int) {
        self.audit = audit
        self.history = history
        self.horizon = horizon
    }

    /// Reads the partition's input and judges it.
    mutating func run(_ connection: Connection, input: InputTopic) throws {
        let batches = audit.ledger.batches
        guard
            let first = batches.firstIndex(where: { $0.offsets.lowerBound >= audit.kept.lowerBound }
            )
        else {
            passedOver += batches.map(\.offsets)
            return
        }
        passedOver += batches[..<first].map(\.offsets)
        var tail = JournalTail()
        for batch in batches[..<first] { tail.append(record(of: batch)) }
        let place = TopicPartition(topic: audit.topic, partition: audit.partition)
        let partition = InputPartition(
            input: input,
            topic: audit.topic,
            partition: audit.partition,
            start: batches[first].offsets.lowerBound,
            tally: first == 0
                ? JournalRecord.Tally(since: batches[first].tally.since) : batches[first - 1].tally,
            marks: (key: batches[first].hashKey, window: tail.window(horizon: horizon))
        )
        try replay(batches[first...], of: partition, place, connection)
    }

    private func record(of batch: JournalLedger.Batch) -> JournalRecord {
        JournalRecord(
            next: batch.offsets.upperBound,
            tally: batch.tally,
            ruleSetDigest: batch.ruleSetDigest,
            hashKey: batch.hashKey,
            marks: batch.marks
        )
    }

    private mutating func replay(
        _ batches: ArraySlice<JournalLedger.Batch>,
        of partition: InputPartition,
        _ place: TopicPartition,
        _ connection: Connection
    ) throws {
        let reader = try connection.reader()
        defer { reader.close() }
        var open = batches
        var replayer = BatchReplayer(history)
        try reader.readToEnd(
            [(place, .offset(partition.state.next))],
            idleLimit: connection.timeLimit
        ) { records in
            for index in 0..<records.count {
                records.withRecord(at: index) { info, key, value in
                    while let batch = open.first, info.offset >= batch.offsets.upperBound {
                        finish(batch, partition, &replayer)
                        open.removeFirst()
                    }
                    guard let batch = open.first else { return }
                    replayer.prepare(for: batch)
                    replayer.take(info, key, value, in: partition) { visit in
                        records.forEachHeader(at: index, visit)
                    }
                }
            }
        }
        for batch in open { finish(batch, partition, &replayer) }
    }

    /// Ends a batch: its output is what should stand on the topics.
    private mutating func finish(
        _ batch: JournalLedger.Batch,
        _ partition: InputPartition,
        _ replayer: inout BatchReplayer
    ) {
        replayer.prepare(for: batch)
        let output = replayer.finish(partition, skippingTo: batch)
        guard replayer.knowsRules else {
            passedOver.append(batch.offsets)
            residues.append(
                "offsets \(batch.offsets.words) were judged by \(batch.ruleSetDigest), which is"
                    + " neither published nor in the files; name its files with --rules"
            )
            return
        }
        flags.merge(output.flags) { first, _ in first }
        for (key, units) in output.counts { counts[key, default: 0] += units }
        if partition.state.lastingTally != batch.tally {
            residues.append(
                "offsets \(batch.offsets.words): judged again they give screened"
                    + " \(partition.state.lastingTally.screened), duplicate"
                    + " \(partition.state.lastingTally.duplicate), dead-lettered"
                    + " \(partition.state.lastingTally.deadLettered); the journal says"
                    + " \(batch.tally.screened), \(batch.tally.duplicate),"
                    + " \(batch.tally.deadLettered)"
            )
        }
    }
}
