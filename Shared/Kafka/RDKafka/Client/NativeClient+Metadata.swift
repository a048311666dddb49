import CRDKafka

/// What a broker says of a topic's partitions.
struct TopicMetadata {
    var partitions: Int
    var replicationFactor: Int
    /// The first partition without a leader, if there is one.
    var leaderless: Int32?
}

extension NativeClient {
    /// Asks for one topic; an unknown one is an error.
    ///
    /// Blocks. Several questions may share a deadline; the limit is what an error speaks of.
    func metadata(
        of topic: String,
        timeLimit: Duration,
        until shared: Deadline? = nil
    ) throws(KafkaError) -> TopicMetadata {
        let operation = "look up topic \(topic)"
        let handle = try NativeTopic(topic, of: self)
        let deadline = shared ?? Deadline(after: timeLimit)
        while true {
            do {
                return try metadata(of: handle, operation, within: timeLimit, deadline)
            } catch {
                // A leader being elected is worth a wait; an unknown topic is an answer.
                guard error.code == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE.rawValue,
                    !deadline.hasPassed
                else { throw error }
                pause(min(100, deadline.milliseconds))
            }
        }
    }

    private func metadata(
        of topic: NativeTopic,
        _ operation: String,
        within limit: Duration,
        _ deadline: Deadline
    ) throws(KafkaError) -> TopicMetadata {
        var found: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(
            pointer,
            0,
            topic.pointer,
            &found,
            max(1, deadline.milliseconds)
        )
        try check(code, operation, within: limit)
        guard let found else { return TopicMetadata(partitions: 0, replicationFactor: 0) }
        defer { rd_kafka_metadata_destroy(found) }
        guard found.pointee.topic_cnt > 0, let answer = found.pointee.topics?.pointee else {
            throw KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, operation: operation)
        }
        try check(answer.err, operation)
        guard answer.partition_cnt > 0 else {
            throw KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, operation: operation)
        }
        let partitions = UnsafeBufferPointer(
            start: answer.partitions,
            count: Int(answer.partition_cnt)
        )
        return TopicMetadata(
            partitions: partitions.count,
            replicationFactor: Int(partitions.first?.replica_cnt ?? 0),
            leaderless: partitions.first { $0.leader < 0 }?.id
        )
    }

    /// First offset kept ..< next offset to be written; blocks.
    func watermarks(
        _ partition: TopicPartition,
        timeLimit: Duration
    ) throws(KafkaError) -> Range<Int64> {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_query_watermark_offsets(
            pointer,
            partition.topic,
            partition.partition,
            &low,
            &high,
            max(1, timeLimit.wholeMilliseconds)
        )
        try check(code, "look up offsets of \(partition)", within: timeLimit)
        return low..<max(low, high)
    }
}
