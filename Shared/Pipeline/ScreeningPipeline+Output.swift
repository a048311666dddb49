internal import Events

extension ScreeningPipeline {
    /// Adds a record for each count that the batch changed.
    package mutating func appendCounts(of partition: InputPartition) {
        // Both are read inside closures that change the output, so they are not read through self.
        let apps = apps.apps
        var output = OutputBuffer()
        swap(&output, &self.output)
        defer { swap(&output, &self.output) }
        partition.counts.forEachChange { change in
            let count = DownloadCount(
                dimensions: DownloadCount.Dimensions(
                    day: change.day,
                    app: apps[Int(change.key.app)],
                    country: change.key.country,
                    acquisition: change.key.acquisition,
                    origin: DownloadCount.Origin(
                        topic: partition.topic,
                        partition: partition.partition,
                        segment: change.segment
                    )
                ),
                count: change.count,
                throughOffset: change.throughOffset
            )
            output.append(
                to: .downloadCounts,
                key: { count.writeKey(to: &$0) },
                value: { count.writeValue(to: &$0) }
            )
        }
    }

    /// Adds what the batch did to a partition, split so that no record grows too large.
    package mutating func appendJournal(of partition: InputPartition) {
        let marks = partition.window.pendingMarks
        let record = JournalRecord(
            next: partition.next,
            tally: partition.tally,
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
