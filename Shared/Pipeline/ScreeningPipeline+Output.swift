internal import Events

extension ScreeningPipeline {
    /// Adds a record for each count that changed since the last call.
    package mutating func appendCounts(of partition: InputPartition) {
        // Two, because around midnight two days take turns.
        var text = DownloadCountText(topic: partition.topic, partition: partition.partition)
        var other = DownloadCountText(topic: partition.topic, partition: partition.partition)
        for index in partition.state.counts.newChanges {
            let change = partition.state.counts.change(at: index)
            if !text.isFor(change.day, segment: change.segment) {
                swap(&text, &other)
                text.select(change.day, segment: change.segment)
            }
            output.append(change, of: apps, as: text)
        }
        partition.state.counts.endRound()
    }

    /// Adds what the batch did to a partition, split so that no record grows too large.
    package mutating func appendJournal(of partition: InputPartition) {
        let marks = partition.state.window.pendingMarks
        let record = JournalRecord(
            next: partition.state.next,
            tally: partition.state.tally,
            ruleSetDigest: ruleSetDigest,
            hashKey: partition.hashKey,
            marks: []
        )
        var start = 0
        repeat {
            let end = min(start + JournalRecord.markLimit, marks.count)
            output.append(
                to: .journal(of: partition.input),
                partition: partition.partition
            ) { key in
                key.integer(Int64(partition.partition))
            } value: { value in
                record.writeValue(marks: marks[start..<end], to: &value)
            }
            start = end
        } while start < marks.count
    }
}
