import CRDKafka

/// Many records of one topic on their way into the client's queue; the memory is used again and
/// again.
///
/// Records go partition by partition: to queue a stretch for one costs half of what it costs to
/// have each look for its own, and the thread that sends finds them side by side.
struct NativeProduceBatch {
    private var messages: [rd_kafka_message_t] = []
    /// Whether the messages stand partition by partition; else the client finds each one's.
    private var isSorted = false
    /// Where each partition's messages end.
    private var ends: [Int] = []
    /// The partition of each record, and for each partition the place of its next message.
    private var partitions: [Int32] = []
    private var places: [Int] = []
    /// Messages before this one have been queued.
    private var start = 0

    /// Replaces the messages; those of a partition keep their order.
    ///
    /// The bytes must stay where they are until `produce` returns nil.
    ///
    /// - Parameter partitionCount: how many partitions the topic has; 0 if that is not known, and
    ///   then the client finds the partition of each.
    mutating func fill(
        _ records: [KeyedRange],
        from bytes: UnsafeRawBufferPointer,
        to topic: OpaquePointer,
        partitionCount: Int
    ) {
        for record in records {
            precondition(record.key.upperBound <= bytes.count, "the key stands outside the bytes")
            precondition(record.value.upperBound <= bytes.count, "the value stands outside")
        }
        start = 0
        isSorted = false
        guard let base = bytes.baseAddress, partitionCount > 0 else {
            ends = [records.count]
            messages = records.map { Self.message($0, bytes) }
            return
        }
        isSorted = true
        ends = Array(repeating: 0, count: partitionCount)
        partitions.removeAll(keepingCapacity: true)
        for record in records {
            let partition = rd_kafka_msg_partitioner_murmur2_random(
                topic,
                base + record.key.lowerBound,
                record.key.count,
                Int32(partitionCount),
                nil,
                nil
            )
            partitions.append(partition)
            ends[Int(partition)] += 1
        }
        var sum = 0
        places.removeAll(keepingCapacity: true)
        for partition in ends.indices {
            places.append(sum)
            sum += ends[partition]
            ends[partition] = sum
        }
        if messages.count < records.count {
            messages = Array(repeating: rd_kafka_message_t(), count: records.count)
        }
        for (record, partition) in zip(records, partitions) {
            messages[places[Int(partition)]] = Self.message(record, bytes)
            places[Int(partition)] += 1
        }
    }

    private static func message(
        _ record: KeyedRange,
        _ bytes: UnsafeRawBufferPointer
    ) -> rd_kafka_message_t {
        let base = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        var message = rd_kafka_message_t()
        message.key = base.map { $0 + record.key.lowerBound }
        message.key_len = record.key.count
        message.payload = base.map { $0 + record.value.lowerBound }
        message.len = record.value.count
        return message
    }

    /// Queues copies of what is left; nil when nothing is, else why the next one was not taken.
    mutating func produce(to topic: OpaquePointer) -> rd_kafka_resp_err_t? {
        for (partition, end) in ends.enumerated() where start < end {
            let left = end - start
            let taken = messages.withUnsafeMutableBufferPointer { messages in
                rd_kafka_produce_batch(
                    topic,
                    isSorted ? Int32(partition) : NativeRecord.anyPartition,
                    RD_KAFKA_MSG_F_COPY,
                    messages.baseAddress.map { $0 + start },
                    Int32(left)
                )
            }
            guard Int(taken) == left else {
                // After a full queue the rest is refused as well, so that those taken come first.
                let failed = messages[start..<end].firstIndex {
                    $0.err != RD_KAFKA_RESP_ERR_NO_ERROR
                }
                start = failed ?? start
                return messages[start].err
            }
            start = end
        }
        return nil
    }
}
