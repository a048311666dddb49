import Events

/// Holds the journal of one input partition against what stands on the topics.
///
/// Fed with everything that is about the partition, in any order of topics; then ``residues`` names
/// whatever does not add up, with its offsets.
struct PartitionAudit {
    let topic: String
    let partition: Int32
    var ledger = JournalLedger()
    /// Input offsets that are still kept.
    var kept: Range<Int64> = 0..<0

    private var records: [Int] = []
    private var beyond = 0
    private var deadOffsets: [Set<Int64>] = []
    private var repeatedDead: [Int64] = []
    private var lost: [Int64] = []
    private var strayDead: [Int64] = []
    private var flagCount = 0
    private var flagProblems: [String] = []
    private var damages: [String] = []

    init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// Prepares for the records; the ledger is complete.
    mutating func begin() {
        records = Array(repeating: 0, count: ledger.batches.count)
        deadOffsets = Array(repeating: [], count: ledger.batches.count)
        lost = Array(repeating: 0, count: ledger.batches.count)
    }

    /// A record of the input.
    mutating func sawRecord(at offset: Int64) {
        if let batch = ledger.batch(at: offset) {
            records[batch] += 1
        } else if offset >= ledger.next ?? 0 {
            beyond += 1
        }
    }

    /// A dead letter of a record.
    mutating func sawDeadLetter(of offset: Int64) {
        guard let batch = ledger.batch(at: offset) else {
            strayDead.append(offset)
            return
        }
        if !deadOffsets[batch].insert(offset).inserted { repeatedDead.append(offset) }
    }

    /// A gap: offsets that retention took.
    mutating func sawGap(_ offsets: Range<Int64>) {
        if let batch = ledger.batch(at: offsets.lowerBound) {
            lost[batch] += Int64(offsets.count)
        }
    }

    /// A flag, whose id nobody had before if it `isNew`.
    mutating func sawFlag(at offset: Int64, ruleSetDigest: String, id: String, isNew: Bool) {
        flagCount += 1
        if !isNew { flagProblems.append("flag \(id) of offset \(offset) stands twice") }
        guard let batch = ledger.batch(at: offset) else {
            flagProblems.append("flag \(id) is of offset \(offset), which no journal record covers")
            return
        }
        if ledger.batches[batch].ruleSetDigest != ruleSetDigest {
            flagProblems.append(
                "flag \(id) of offset \(offset) names another rule set than its journal record"
            )
        }
    }

    /// A record about the partition that cannot be read.
    mutating func sawDamage(_ words: String) { damages.append(words) }

    /// What does not add up, in sentences that name the offsets.
    var residues: [String] {
        var residues = damages + ledger.problems
        for (index, batch) in ledger.batches.enumerated() {
            let offsets = "offsets \(batch.offsets.words)"
            if Int64(batch.marks.count) != batch.screened {
                residues.append(
                    "\(offsets): \(batch.screened) events screened, but \(batch.marks.count) marks"
                )
            }
            if batch.offsets.lowerBound >= kept.lowerBound,
                Int64(records[index]) != batch.received
            {
                residues.append(
                    "\(offsets): \(records[index]) records on the topic, but \(batch.received)"
                        + " received"
                )
            }
            if Int64(deadOffsets[index].count) != batch.deadLettered {
                residues.append(
                    "\(offsets): \(batch.deadLettered) records dead-lettered, but"
                        + " \(deadOffsets[index].count) on dead-letters"
                )
            }
            if lost[index] != batch.expired {
                residues.append(
                    "\(offsets): \(batch.expired) offsets expired, but the gap records say"
                        + " \(lost[index])"
                )
            }
        }
        residues += repeatedDead.map { "offset \($0) stands on dead-letters twice" }
        residues += strayDead.map { "offset \($0) is a dead letter that no journal record covers" }
        return residues + flagProblems
    }

    /// The figures for the table.
    var figures: (tally: JournalRecord.Tally?, flags: Int, waiting: Int) {
        (ledger.batches.last?.tally, flagCount, beyond)
    }
}
