package import Events

/// Everything screening knows of one input partition that it owns: position, figures, marks,
/// counts.
///
/// Owned by one worker's thread. It changes with each record of a batch and is made lasting with
/// ``commit()`` once the transaction is through, or put back with ``rollback()``.
package final class InputPartition {
    /// Which of the two inputs it belongs to.
    package let input: InputTopic
    /// The topic's full name.
    package let topic: String
    /// The partition's number.
    package let partition: Int32
    /// Hashes an event's identity under the partition's own key.
    package let identityHash: KeyedHash
    /// The key itself, for the journal.
    package let hashKey: HashKey

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

    /// Takes over a partition.
    ///
    /// - Parameters:
    ///   - start: the offset to read first; counting begins a new segment there.
    ///   - tally: the figures so far.
    ///   - window: the marks restored from the journal.
    package init(
        input: InputTopic,
        topic: String,
        partition: Int32,
        start: Int64,
        tally: JournalRecord.Tally,
        marks: (key: HashKey, window: DedupeWindow)
    ) {
        self.input = input
        self.topic = topic
        self.partition = partition
        hashKey = marks.key
        identityHash = KeyedHash(key: (marks.key.low, marks.key.high))
        next = start
        self.tally = tally
        window = marks.window
        counts = PartitionCounts(startOffset: start)
        committedNext = start
        lastingTally = tally
        previousTally = tally
    }

    /// Makes the batch's effects lasting.
    package func commit() {
        precondition(tally.isConserved, "a record was neither screened, repeated nor refused")
        window.commit()
        counts.commit()
        committedNext = next
        previousTally = lastingTally
        lastingTally = tally
        isTouched = false
    }

    /// Forgets the batch: the partition is where the last commit left it.
    package func rollback() {
        window.rollback()
        counts.rollback()
        next = committedNext
        tally = lastingTally
        isTouched = false
    }

    /// Records that offsets were lost to retention and moves on behind them.
    package func skipExpired(to offset: Int64) {
        tally.expired += offset - next
        next = offset
        isTouched = true
    }
}
