import CRDKafka

extension KafkaConsumer {
    /// Begins to read exactly these partitions at these offsets; answers `.assigned`.
    ///
    /// May be a subset of what the group gave, and may be called again, which moves every
    /// partition to the offset given now. `LogicalOffset` is allowed but may cost half a second;
    /// `watermarks` does not. A slot is an index in this array until the next call or `.revoked`.
    public func start(at offsets: [(TopicPartition, Int64)]) throws(KafkaError) {
        let client = try open("start")
        let list = NativePartitionList(offsets)
        dropSetAside()
        client.context.answerAssign()
        try client.check(rd_kafka_assign(client.pointer, list.pointer), "start")
        assignment = offsets.map(\.0)
        slots = SlotTable(assignment)
    }

    /// Moves partitions that were started; what is buffered of them is dropped.
    ///
    /// For going back after an aborted transaction. Blocks up to the limit.
    public func seek(
        to offsets: [(TopicPartition, Int64)],
        timeLimit: Duration
    ) throws(KafkaError) {
        let client = try open("seek")
        guard !offsets.isEmpty else { return }
        let list = NativePartitionList(offsets)
        dropSetAside()
        // With a time limit the call returns only when the buffers are empty.
        let milliseconds = max(1, timeLimit.wholeMilliseconds)
        if let error = rd_kafka_seek_partitions(client.pointer, list.pointer, milliseconds) {
            throw client.explain(
                KafkaError(destroying: error, operation: "seek"),
                within: timeLimit
            )
        }
        try list.check("seek")
    }

    /// The group's committed offsets; a partition without one is absent.
    ///
    /// Blocks up to the limit.
    public func committed(
        _ partitions: [TopicPartition],
        timeLimit: Duration
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        let operation = "look up committed offsets"
        let client = try open(operation)
        guard !partitions.isEmpty else { return [:] }
        let list = NativePartitionList(partitions)
        let code = rd_kafka_committed(
            client.pointer,
            list.pointer,
            max(1, timeLimit.wholeMilliseconds)
        )
        try client.check(code, operation, within: timeLimit)
        try list.check(operation)
        var offsets: [TopicPartition: Int64] = [:]
        list.forEach { partition, offset, _ in
            if offset >= 0 { offsets[partition] = offset }
        }
        return offsets
    }

    /// First offset kept ..< next offset to be written, asked from the broker.
    ///
    /// Blocks up to the limit.
    public func watermarks(
        _ partition: TopicPartition,
        timeLimit: Duration
    ) throws(KafkaError) -> Range<Int64> {
        try open("look up offsets").watermarks(partition, timeLimit: timeLimit)
    }

    /// Errors of the old positions say nothing about the new ones.
    func dropSetAside() {
        setAside.removeAll { if case .partition = $0 { true } else { false } }
    }
}
