package import Events

/// What changes of an input partition while its records are screened: position, figures, marks,
/// counts.
///
/// It changes with each record of a batch and is made lasting with ``commit()`` once the
/// transaction is through, or put back with ``rollback()``.
package struct PartitionState {
    /// The next offset to read.
    package var next: Int64
    /// Figures since the journal's first record.
    package var tally: JournalRecord.Tally
    /// Events seen, to recognise repeats.
    package var window: DedupeWindow
    /// Units counted since the assignment.
    package var counts: PartitionCounts
    /// Whether the batch in work did anything here.
    package var isTouched = false

    package private(set) var committedNext: Int64
    /// The figures as of the last committed transaction.
    package private(set) var lastingTally: JournalRecord.Tally
    /// The figures one transaction before.
    package private(set) var previousTally: JournalRecord.Tally

    /// Takes a partition over at an offset, where counting begins a new segment.
    init(start: Int64, tally: JournalRecord.Tally, window: DedupeWindow) {
        next = start
        self.tally = tally
        self.window = window
        counts = PartitionCounts(startOffset: start)
        committedNext = start
        lastingTally = tally
        previousTally = tally
    }

    /// Makes the batch's effects lasting.
    package mutating func commit() {
        precondition(tally.isConserved, "a record was neither screened, repeated nor refused")
        window.commit()
        counts.commit()
        committedNext = next
        previousTally = lastingTally
        lastingTally = tally
        isTouched = false
    }

    /// Forgets the batch: the partition is where the last commit left it.
    package mutating func rollback() {
        window.rollback()
        counts.rollback()
        next = committedNext
        tally = lastingTally
        isTouched = false
    }

    /// Records that offsets were lost to retention and moves on behind them.
    package mutating func skipExpired(to offset: Int64) {
        tally.expired += offset - next
        next = offset
        isTouched = true
    }
}
