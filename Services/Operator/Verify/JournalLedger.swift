import Events

/// The journal of one input partition, transaction by transaction.
struct JournalLedger {
    /// What one transaction did.
    struct Batch: Equatable {
        /// Input offsets, half-open; markers of transactions take some of them.
        var offsets: Range<Int64>
        /// The figures it added.
        var received: Int64
        var screened: Int64
        var duplicate: Int64
        var deadLettered: Int64
        var expired: Int64
        /// The cumulative figures after it.
        var tally: JournalRecord.Tally
        /// The rule set that judged it.
        var ruleSetDigest: String
        /// The events it accepted.
        var marks: [Hash128]
        var hashKey: HashKey
    }

    /// The transactions in order.
    private(set) var batches: [Batch] = []
    /// What the journal contradicts itself in, with the place.
    private(set) var problems: [String] = []

    /// Takes the next record; one that continues the transaction before adds its marks.
    mutating func append(_ record: JournalRecord) {
        guard let last = batches.last else {
            add(
                record,
                after: JournalRecord.Tally(since: record.tally.since),
                from: record.tally.since
            )
            return
        }
        if record.next == last.offsets.upperBound, record.tally == last.tally {
            batches[batches.count - 1].marks += record.marks
            return
        }
        guard record.next >= last.offsets.upperBound else {
            problems.append(
                "the journal goes back from \(last.offsets.upperBound) to \(record.next)"
            )
            return
        }
        add(record, after: last.tally, from: last.offsets.upperBound)
    }

    private mutating func add(
        _ record: JournalRecord,
        after before: JournalRecord.Tally,
        from start: Int64
    ) {
        let tally = record.tally
        let batch = Batch(
            offsets: start..<max(start, record.next),
            received: tally.received - before.received,
            screened: tally.screened - before.screened,
            duplicate: tally.duplicate - before.duplicate,
            deadLettered: tally.deadLettered - before.deadLettered,
            expired: tally.expired - before.expired,
            tally: tally,
            ruleSetDigest: record.ruleSetDigest,
            marks: record.marks,
            hashKey: record.hashKey
        )
        let figures = [
            batch.received, batch.screened, batch.duplicate, batch.deadLettered, batch.expired,
        ]
        if tally.since != before.since || figures.contains(where: { $0 < 0 }) {
            problems.append("the figures begin anew at \(start)")
        }
        if batch.received != batch.screened + batch.duplicate + batch.deadLettered {
            problems.append(
                "offsets \(batch.offsets.words): received \(batch.received) is not screened"
                    + " \(batch.screened) + duplicate \(batch.duplicate) + dead-lettered"
                    + " \(batch.deadLettered)"
            )
        }
        batches.append(batch)
    }

    /// Where the journal ends: the next input offset.
    var next: Int64? { batches.last?.offsets.upperBound }

    /// The transaction that an input offset belongs to.
    func batch(at offset: Int64) -> Int? {
        var (low, high) = (0, batches.count)
        while low < high {
            let middle = (low + high) / 2
            if batches[middle].offsets.upperBound <= offset {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < batches.count, batches[low].offsets.contains(offset) else { return nil }
        return low
    }
}

extension Range<Int64> {
    /// `3 to 7`, both included.
    var words: String { isEmpty ? "\(lowerBound)" : "\(lowerBound) to \(upperBound - 1)" }
}
