import CRDKafka
public import Logging

/// A topic to send to, as one transactional producer knows it.
public struct ProducerTopic: Sendable, Hashable {
    /// The topic's name.
    public let name: String
    /// Index into the producer's own table.
    let index: Int
}

/// Where one of many records stands in the bytes they share.
public struct KeyedRange: Sendable, Hashable {
    /// The key's bytes.
    public var key: Range<Int>
    /// The value's bytes.
    public var value: Range<Int>

    /// Names both places.
    public init(key: Range<Int>, value: Range<Int>) {
        self.key = key
        self.value = value
    }
}

/// Sends records in transactions; not Sendable, the consumer's thread owns it.
///
/// Idempotent, `acks=all`, partitioner murmur2 with null keys at random. Every call blocks at most
/// its time limit and tries again by itself what may succeed later. On an error that
/// `requiresAbort` call `abort`; on one that `isFatal` close.
public final class TransactionalProducer {
    /// Nil once closed.
    private var client: NativeClient?
    private var topics: [NativeTopic] = []
    /// How many partitions each topic has, asked for once; 0 if there was no answer.
    private var partitionCounts: [Int: Int] = [:]
    private var topicIndices: [String: Int] = [:]
    private var batch = NativeProduceBatch()
    private let transactionTimeout: Duration
    /// Set while the outcome of a commit is open: it can only be called again, not undone.
    private var isCommitting = false

    var ledger: NativeLedger? { client?.ledger }

    /// Makes the client; nothing is sent before `initialise`.
    ///
    /// `transactionTimeout` is how long the broker lets a transaction stay open (1 s or more);
    /// requests and records get no more time than that, as nothing could come of them.
    public init(
        _ configuration: KafkaConfiguration,
        transactionalID: String,
        transactionTimeout: Duration,
        logger: Logger
    ) throws(KafkaError) {
        self.transactionTimeout = transactionTimeout
        let settings = ClientSettings(
            configuration,
            defaults: ClientSettings.producerDefaults.merging(["linger.ms": "2"]) { $1 },
            guarded: Self.guarded(configuration, transactionalID, transactionTimeout)
        )
        client = try NativeClient(RD_KAFKA_PRODUCER, settings, logger: logger) { native in
            // A report wakes the commit that waits for it; without one it looks every 10 ms.
            rd_kafka_conf_set_dr_msg_cb(native, onDelivery)
        }
    }

    deinit { close() }

    private static func guarded(
        _ configuration: KafkaConfiguration,
        _ transactionalID: String,
        _ timeout: Duration
    ) -> [String: String] {
        let limit = Int(timeout.wholeMilliseconds)
        // librdkafka refuses a client whose requests or records may outlive the transaction.
        func capped(_ names: String..., standard: Int) -> String {
            let wanted = names.compactMap { configuration.properties[$0] }.compactMap { Int($0) }
            let shortest = wanted.filter { $0 > 0 }.min() ?? standard
            return String(min(shortest, limit))
        }
        var guarded = ClientSettings.producerGuards
        guarded["transactional.id"] = transactionalID
        guarded["transaction.timeout.ms"] = String(limit)
        guarded["socket.timeout.ms"] = capped("socket.timeout.ms", standard: limit)
        guarded["message.timeout.ms"] = capped(
            "message.timeout.ms",
            "delivery.timeout.ms",
            standard: limit
        )
        return guarded
    }

    /// Registers the id, fences its former holder and ends that one's open transaction.
    public func initialise(timeLimit: Duration) throws(KafkaError) {
        try retrying("initialise transactions", timeLimit) { client, milliseconds in
            rd_kafka_init_transactions(client, milliseconds)
        }
    }

    /// Begins a transaction; local, does not block.
    public func begin() throws(KafkaError) {
        let operation = "begin transaction"
        let client = try open(operation)
        if let error = rd_kafka_begin_transaction(client.pointer) {
            throw KafkaError(destroying: error, operation: operation)
        }
    }

    /// The handle of a topic; made once for each name.
    public func topic(_ name: String) throws(KafkaError) -> ProducerTopic {
        if let index = topicIndices[name] { return ProducerTopic(name: name, index: index) }
        topics.append(try NativeTopic(name, of: try open("open topic")))
        topicIndices[name] = topics.count - 1
        return ProducerTopic(name: name, index: topics.count - 1)
    }

    /// Queues a copy of one record; `partition` nil leaves the choice to the key.
    ///
    /// Blocks while the queue is full, at most the transaction's timeout; then the transaction is
    /// lost anyway and the error asks for an abort. A record too large is an error of its own.
    public func send(
        _ topic: ProducerTopic,
        partition: Int32? = nil,
        key: RawSpan?,
        value: RawSpan?,
        headers: RecordHeaders? = nil
    ) throws(KafkaError) {
        let client = try open("send")
        let native = native(topic)
        try queue(on: client) {
            let code = NativeRecord.produce(
                client,
                native,
                partition: partition ?? NativeRecord.anyPartition,
                key: key,
                value: value,
                with: .init(headers: headers)
            )
            return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : code
        }
    }

    /// Queues copies of many records of one topic, the partition of each by its key.
    ///
    /// Cheaper than one by one. `records` tells where keys and values stand in `bytes`. Blocks and
    /// throws as ``send(_:partition:key:value:headers:)`` does; others than the one at fault may
    /// have been queued. Partitions that the topic gets later are used by the next producer only.
    public func send(
        _ topic: ProducerTopic,
        _ records: [KeyedRange],
        in bytes: RawSpan
    ) throws(KafkaError) {
        let client = try open("send")
        let native = native(topic)
        let partitionCount = partitionCount(of: topic, on: client)
        try bytes.withUnsafeBytes { (buffer) throws(KafkaError) in
            batch.fill(records, from: buffer, to: native, partitionCount: partitionCount)
            try queue(on: client) { batch.produce(to: native) }
        }
    }

    private func partitionCount(of topic: ProducerTopic, on client: NativeClient) -> Int {
        if let known = partitionCounts[topic.index] { return known }
        let asked = try? client.metadata(of: topic.name, timeLimit: .seconds(1)).partitions
        partitionCounts[topic.index] = asked ?? 0
        return asked ?? 0
    }

    private func native(_ topic: ProducerTopic) -> OpaquePointer {
        precondition(
            topic.index < topics.count,
            "a topic handle is good for the producer that made it"
        )
        return topics[topic.index].pointer
    }

    /// Calls until there is no error; waits while the queue is full, at most the transaction's
    /// timeout.
    private func queue(
        on client: NativeClient,
        _ produce: () -> rd_kafka_resp_err_t?
    ) throws(KafkaError) {
        var deadline: Deadline?
        while let code = produce() {
            let end = deadline ?? Deadline(after: transactionTimeout)
            deadline = end
            guard code == RD_KAFKA_RESP_ERR__QUEUE_FULL, !end.hasPassed else {
                throw sendError(code, client)
            }
            _ = rd_kafka_poll(client.pointer, 1)
        }
    }

    private func sendError(_ code: rd_kafka_resp_err_t, _ client: NativeClient) -> KafkaError {
        if let fatal = client.unrecoverableError("send") { return fatal }
        // A transaction that failed already takes no more records, nor does a stuck queue.
        let aborts = code == RD_KAFKA_RESP_ERR__STATE || code == RD_KAFKA_RESP_ERR__QUEUE_FULL
        return KafkaError(code, operation: "send", requiresAbort: aborts)
    }

    /// Commits the records and the group's offsets (each the next one to read) together.
    ///
    /// A commit that ran out of time (`isRetriable`, not `requiresAbort`) is neither done nor
    /// undone: call it again, or close and start over; an abort would be refused.
    public func commit(
        offsets: [(TopicPartition, Int64)],
        group: KafkaConsumer,
        timeLimit: Duration
    ) throws(KafkaError) {
        guard !isCommitting else { return try commit(timeLimit: timeLimit) }
        let deadline = Deadline(after: timeLimit)
        let operation = "send offsets to transaction"
        let consumer = try group.open(operation)
        guard let pointer = rd_kafka_consumer_group_metadata(consumer.pointer) else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__STATE,
                operation: operation,
                reason: "there is no group"
            )
        }
        let metadata = NativeHandle(pointer) { rd_kafka_consumer_group_metadata_destroy($0) }
        let list = NativePartitionList(offsets)
        try retrying(operation, timeLimit) { client, milliseconds in
            rd_kafka_send_offsets_to_transaction(
                client,
                list.pointer,
                metadata.pointer,
                milliseconds
            )
        }
        try commit(timeLimit: .milliseconds(max(1, Int(deadline.milliseconds))))
    }

    /// Commits the records alone; waits until each is acknowledged.
    ///
    /// When it ran out of time: as above.
    public func commit(timeLimit: Duration) throws(KafkaError) {
        isCommitting = true
        do throws(KafkaError) {
            try retrying("commit transaction", timeLimit) { client, milliseconds in
                rd_kafka_commit_transaction(client, milliseconds)
            }
            isCommitting = false
        } catch {
            isCommitting = error.isRetriable
            throw error
        }
    }

    /// Aborts the transaction; its records and offsets never happened.
    ///
    /// When it ran out of time call it again.
    public func abort(timeLimit: Duration) throws(KafkaError) {
        guard !isCommitting else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__CONFLICT,
                operation: "abort transaction",
                reason: "the outcome of its commit is open"
            )
        }
        try retrying("abort transaction", timeLimit) { client, milliseconds in
            rd_kafka_abort_transaction(client, milliseconds)
        }
    }

    /// Ends the client and aborts its open transaction; if that takes more than a second, or a
    /// commit's outcome is open, the transaction is left to its timeout or its successor.
    ///
    /// Safe to call twice.
    public func close() {
        guard let client else { return }
        self.client = nil
        topics = []
        topicIndices = [:]
        partitionCounts = [:]
        // Not for the broker alone: librdkafka 2.0.2 ends the process (`txn_req_cnt > 0`) when it
        // registers a partition in the moment it is destroyed; after this it registers no more.
        if !isCommitting, let error = rd_kafka_abort_transaction(client.pointer, 1_000) {
            rd_kafka_error_destroy(error)
        }
        _ = rd_kafka_purge(client.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
    }

    /// Calls until there is no error, or one that waiting does not cure, or time is up.
    private func retrying(
        _ operation: String,
        _ timeLimit: Duration,
        _ call: (OpaquePointer, Int32) -> OpaquePointer?
    ) throws(KafkaError) {
        let client = try open(operation)
        let deadline = Deadline(after: timeLimit)
        var backoff: Int32 = 10
        while let native = call(client.pointer, max(1, deadline.milliseconds)) {
            let error = KafkaError(destroying: native, operation: operation)
            guard error.isRetriable, !deadline.hasPassed else {
                throw client.explain(error, within: timeLimit)
            }
            client.pause(min(backoff, deadline.milliseconds))
            backoff = min(backoff * 2, 500)
        }
    }

    private func open(_ operation: String) throws(KafkaError) -> NativeClient {
        guard let client else { throw .closed(operation) }
        return client
    }
}
