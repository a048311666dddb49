import CPrefetch
import CRDKafka

extension KafkaConsumer {
    typealias Message = UnsafeMutablePointer<rd_kafka_message_t>

    /// An error between records, kept for the poll after.
    enum SetAside {
        case partition(TopicPartition, KafkaError)
        case client(KafkaError)
    }

    /// Waits for records, or for news of the group; waits at most `idleWait` + `gatherTime`.
    ///
    /// News come before records: what was gathered when a rebalance happened is dropped. Throws
    /// what concerns the whole client; only if `isFatal` is it the end.
    public func poll(_ limits: PollLimits) throws(KafkaError) -> Poll {
        let client = try open("poll")
        if let rebalance = client.context.popRebalance() { return tell(rebalance) }
        if let news = try tellSetAside() { return news }
        var batch = RecordBatch(client, expecting: min(expectedCount, limits.recordLimit))
        gather(into: &batch, limits, client)
        batch.noteInLedger()
        if let rebalance = client.context.popRebalance() { return tell(rebalance) }
        guard batch.isEmpty else {
            expectedCount = batch.count
            return .records(batch)
        }
        return try tellSetAside() ?? .idle
    }

    /// One blocking poll, then whatever is there already; in between blocks again, but only for
    /// what is left of the gather time.
    private func gather(into batch: inout RecordBatch, _ limits: PollLimits, _ client: NativeClient)
    {
        var wait = limits.idleWait.wholeMilliseconds
        var deadline: Deadline?
        while true {
            let message = rd_kafka_consumer_poll(client.pointer, wait)
            if let message {
                take(message, into: &batch, client)
                drain(into: &batch, limits, client)
            }
            // Everything gathered is about to be dropped, or an error wants to be told.
            if client.context.hasRebalance || !setAside.isEmpty { return }
            guard batch.count < limits.recordLimit, batch.byteCount < limits.byteLimit else {
                return
            }
            if batch.isEmpty {
                // A leftover of another assignment came; nothing to gather for yet.
                if message == nil { return }
                continue
            }
            let end = deadline ?? Deadline(after: limits.gatherTime)
            deadline = end
            wait = end.milliseconds
            if wait == 0 { return }
        }
    }

    /// Takes what the client has ready, many records at a call.
    ///
    /// Reading many at once is safe in this librdkafka only with a rebalance callback and never
    /// beside another call: both hold here. Records that a rebalance within the call made stale
    /// are in the batch then, and ``poll(_:)`` drops it whole.
    private func drain(into batch: inout RecordBatch, _ limits: PollLimits, _ client: NativeClient)
    {
        client.context.setDraining(true)
        defer { client.context.setDraining(false) }
        while batch.count < limits.recordLimit, batch.byteCount < limits.byteLimit {
            let wanted = min(drained.count, limits.recordLimit - batch.count)
            let count = rd_kafka_consume_batch_queue(queue, 0, drained.baseAddress, wanted)
            guard count > 0 else { return }
            for index in 0..<count {
                if index + 8 < count { cordon_prefetch(drained[index + 8]) }
                if let message = drained[index] { take(message, into: &batch, client) }
            }
            if client.context.hasRebalance || !setAside.isEmpty { return }
        }
    }

    /// Keeps a record or sets an error aside.
    private func take(
        _ message: Message,
        into batch: inout RecordBatch,
        _ client: NativeClient
    ) {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            if let error = setAside(for: message, client) { setAside.append(error) }
            rd_kafka_message_destroy(message)
            return
        }
        if let slot = slot(of: message) {
            batch.append(message, slot: slot)
        } else {
            rd_kafka_message_destroy(message)
        }
    }

    private func slot(of message: Message) -> Int? {
        guard let topic = message.pointee.rkt else { return nil }
        return slots.slot(topic: topic, partition: message.pointee.partition) {
            String(cString: rd_kafka_topic_name($0))
        }
    }

    private func setAside(for message: Message, _ client: NativeClient) -> SetAside? {
        let code = message.pointee.err
        if code == RD_KAFKA_RESP_ERR__FATAL, let fatal = client.unrecoverableError("poll") {
            return .client(fatal)
        }
        let words = rd_kafka_message_errstr(message).map { String(cString: $0) }
        let error = KafkaError(code, operation: "poll", reason: words)
        guard let topic = message.pointee.rkt else { return .client(error) }
        let partition = TopicPartition(
            topic: String(cString: rd_kafka_topic_name(topic)),
            partition: message.pointee.partition
        )
        // An error of a partition that is not ours any more concerns nobody.
        if partition.partition >= 0, slot(of: message) == nil { return nil }
        return .partition(partition, error)
    }

    private func tell(_ rebalance: ClientContext.Rebalance) -> Poll {
        switch rebalance {
        case .assigned(let partitions):
            return .assigned(partitions)
        case .revoked(let partitions, let lost):
            assignment = []
            slots = SlotTable()
            // What a partition had to say does not matter once it is gone.
            dropSetAside()
            return .revoked(partitions, lost: lost)
        }
    }

    private func tellSetAside() throws(KafkaError) -> Poll? {
        guard !setAside.isEmpty else { return nil }
        switch setAside.removeFirst() {
        case .client(let error): throw error
        case .partition(let partition, let error): return .failed(partition, error)
        }
    }
}
