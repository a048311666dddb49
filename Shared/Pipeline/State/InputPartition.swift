package import Events

/// An input partition that a worker owns: what it is, and the state that screening changes.
///
/// Owned by one worker's thread. The state is one value, so that a record borrows it once.
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
    /// Position, figures, marks and counts.
    package var state: PartitionState

    /// Takes over a partition.
    ///
    /// - Parameters:
    ///   - start: the offset to read first; counting begins a new segment there.
    ///   - tally: the figures so far.
    ///   - marks: the marks restored from the journal, and the key they were made with.
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
        state = PartitionState(start: start, tally: tally, window: marks.window)
    }
}
