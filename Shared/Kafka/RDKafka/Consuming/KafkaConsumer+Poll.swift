import CRDKafka

extension KafkaConsumer {
    typealias Message = UnsafeMutablePointer<rd_kafka_message_t>

    /// An error between records, kept for the poll after.
    enum SetAside {
        case partition(TopicPartition, KafkaError)
        case client(KafkaError)
    }

    /// Waits for records, or for news of the group; blocks at most `idleWait` + `gatherTime`.
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
            if let message, !take(message, into: &batch, client) { return }
            // Everything gathered is about to be dropped.
            if client.context.hasRebalance { return }
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
            if message == nil {
                wait = end.milliseconds
                if wait == 0 { return }
            } else {
                wait = 0
                // Reading the clock for every message would cost as much as the message.
                if batch.count & 63 == 0, end.hasPassed { return }
            }
        }
    }

    /// Keeps a record or sets an error aside; false when gathering must end here.
    private func take(
        _ message: Message,
        into batch: inout RecordBatch,
        _ client: NativeClient
    ) -> Bool {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            setAside = setAside(for: message, client)
            rd_kafka_message_destroy(message)
            return setAside == nil
        }
        if let slot = slot(of: message) {
            batch.append(message, slot: slot)
        } else {
            rd_kafka_message_destroy(message)
        }
        return true
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
            if case .partition = setAside { setAside = nil }
            return .revoked(partitions, lost: lost)
        }
    }

    private func tellSetAside() throws(KafkaError) -> Poll? {
        guard let news = setAside else { return nil }
        setAside = nil
        switch news {
        case .client(let error): throw error
        case .partition(let partition, let error): return .failed(partition, error)
        }
    }
}
