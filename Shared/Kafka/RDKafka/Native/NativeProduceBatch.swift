import CRDKafka

/// Many records on their way into the client's queue; the memory is used again and again.
struct NativeProduceBatch {
    private var messages: [rd_kafka_message_t] = []
    /// Messages before this one have been queued.
    private var start = 0

    /// Replaces the messages.
    ///
    /// The bytes must stay where they are until `produce` returns nil.
    mutating func fill(_ records: [KeyedRange], from bytes: UnsafeRawBufferPointer) {
        start = 0
        messages.removeAll(keepingCapacity: true)
        for record in records {
            precondition(record.key.upperBound <= bytes.count, "the key stands outside the bytes")
            precondition(record.value.upperBound <= bytes.count, "the value stands outside")
            var message = rd_kafka_message_t()
            let base = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            message.key = base.map { $0 + record.key.lowerBound }
            message.key_len = record.key.count
            message.payload = base.map { $0 + record.value.lowerBound }
            message.len = record.value.count
            messages.append(message)
        }
    }

    /// Queues copies of what is left; nil when nothing is, else why the next one was not taken.
    mutating func produce(to topic: OpaquePointer) -> rd_kafka_resp_err_t? {
        let left = messages.count - start
        guard left > 0 else { return nil }
        let taken = messages.withUnsafeMutableBufferPointer { messages in
            rd_kafka_produce_batch(
                topic,
                NativeRecord.anyPartition,
                RD_KAFKA_MSG_F_COPY,
                messages.baseAddress.map { $0 + start },
                Int32(left)
            )
        }
        guard Int(taken) < left else { return nil }
        // After a full queue the rest is refused as well, so that those taken come first.
        start = messages[start...].firstIndex { $0.err != RD_KAFKA_RESP_ERR_NO_ERROR } ?? start
        return messages[start].err
    }
}
