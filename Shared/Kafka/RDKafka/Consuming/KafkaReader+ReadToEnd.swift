import CRDKafka

extension KafkaReader {
    /// Reads from the starts to the end that every partition has when it is reached.
    ///
    /// Nothing is assigned afterwards, so that a reader at rest asks the broker for nothing. Throws
    /// what `body` throws, and a timeout naming the brokers when nothing moves for `idleLimit`.
    /// Without starts it returns at once.
    public func readToEnd(
        _ starts: [(TopicPartition, StartPosition)],
        idleLimit: Duration,
        _ body: (borrowing RecordBatch) throws -> Void
    ) throws {
        try assign(starts, timeLimit: idleLimit)
        while !isAtEnd {
            let before = progress
            let batch = try poll(recordLimit: 10_000, wait: idleLimit)
            if !batch.isEmpty { try body(batch) }
            if progress == before { throw standstill(after: idleLimit) }
        }
        try assign([])
    }
}

extension NativeClient {
    /// Numbers for the starts, all asked for at once.
    ///
    /// librdkafka would resolve earliest and latest itself, but half a second later when it does
    /// not know the partition's leader yet, which is so in every tool that just started.
    func offsets(
        of starts: [(TopicPartition, StartPosition)],
        timeLimit: Duration
    ) throws(KafkaError) -> [(TopicPartition, Int64)] {
        var times: [(TopicPartition, Int64)] = []
        for (partition, start) in starts {
            switch start {
            case .earliest: times.append((partition, LogicalOffset.earliest))
            case .latest: times.append((partition, LogicalOffset.latest))
            case .timestamp(let milliseconds): times.append((partition, milliseconds))
            case .offset: continue
            }
        }
        let found = times.isEmpty ? [:] : try offsets(forTimes: times, timeLimit: timeLimit)
        return starts.map { partition, start in
            if case .offset(let offset) = start { return (partition, offset) }
            return (partition, found[partition] ?? LogicalOffset.latest)
        }
    }

    private func offsets(
        forTimes times: [(TopicPartition, Int64)],
        timeLimit: Duration
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        let operation = "look up offsets by time"
        let list = NativePartitionList(times)
        let milliseconds = max(1, timeLimit.wholeMilliseconds)
        let code = rd_kafka_offsets_for_times(pointer, list.pointer, milliseconds)
        try check(code, operation, within: timeLimit)
        try list.check(operation)
        var found: [TopicPartition: Int64] = [:]
        list.forEach { partition, offset, _ in found[partition] = offset }
        return found
    }
}
