import CRDKafka
public import Logging

/// Reads partitions without a group: reports, alerts, restoring state; one thread owns it.
///
/// Sees committed records only; the end of a partition is its last stable offset. Commits nothing.
public final class KafkaReader {
    /// The partitions being read; a slot is an index into it.
    public private(set) var assignment: [TopicPartition] = []

    private var client: NativeClient?
    private var slots = SlotTable()
    private var atEnd: [Bool] = []
    private var openCount = 0
    /// Ends seen and records read, to tell a slow stream from one that stands still.
    private(set) var progress = 0
    private var setAside: KafkaError?

    var ledger: NativeLedger? { client?.ledger }

    /// Makes the client; nothing is sent yet.
    public init(_ configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        var guarded = ClientSettings.consumerGuards
        // librdkafka wants a name before it assigns; nobody ever joins or commits to this group.
        guarded["group.id"] = "cordon-reader"
        guarded["enable.partition.eof"] = "true"
        var defaults = ClientSettings.consumerDefaults
        // An empty answer marks the end of a partition; the usual 500 ms would be felt.
        defaults["fetch.wait.max.ms"] = "20"
        let settings = ClientSettings(configuration, defaults: defaults, guarded: guarded)
        client = try NativeClient(RD_KAFKA_CONSUMER, settings, logger: logger)
    }

    deinit { close() }

    /// How many partitions the topic has; an unknown topic is an error.
    ///
    /// Blocks up to the limit.
    public func partitionCount(
        _ topic: String,
        timeLimit: Duration
    ) throws(KafkaError) -> Int {
        try open("look up topic").metadata(of: topic, timeLimit: timeLimit).partitions
    }

    /// Begins to read these partitions instead of any before; slots are indices in this array.
    ///
    /// Blocks up to the limit, unless every start is an offset.
    public func assign(
        _ starts: [(TopicPartition, StartPosition)],
        timeLimit: Duration = .seconds(10)
    ) throws(KafkaError) {
        let client = try open("assign")
        let offsets = try client.offsets(of: starts, timeLimit: timeLimit)
        let list = NativePartitionList(offsets)
        try client.check(rd_kafka_assign(client.pointer, list.pointer), "assign")
        assignment = starts.map(\.0)
        slots = SlotTable(assignment)
        atEnd = assignment.map { _ in false }
        openCount = assignment.count
        setAside = nil
    }

    /// Waits for records; an empty batch when none came within `wait`.
    ///
    /// Takes what is there without waiting for more. Throws when a partition cannot be read.
    public func poll(recordLimit: Int, wait: Duration) throws(KafkaError) -> RecordBatch {
        let client = try open("poll")
        if let error = setAside {
            setAside = nil
            throw error
        }
        var batch = RecordBatch(client, expecting: min(recordLimit, 1024))
        var milliseconds = wait.wholeMilliseconds
        while batch.count < max(1, recordLimit),
            let message = rd_kafka_consumer_poll(client.pointer, milliseconds)
        {
            milliseconds = 0
            guard let error = take(message, into: &batch, client) else {
                // The ends of all partitions are news enough to stop waiting.
                if isAtEnd { break }
                continue
            }
            guard batch.isEmpty else {
                setAside = error
                break
            }
            throw error
        }
        batch.noteInLedger()
        return batch
    }

    private func take(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>,
        into batch: inout RecordBatch,
        _ client: NativeClient
    ) -> KafkaError? {
        let slot = message.pointee.rkt.flatMap { topic in
            slots.slot(topic: topic, partition: message.pointee.partition) {
                String(cString: rd_kafka_topic_name($0))
            }
        }
        if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR, let slot {
            batch.append(message, slot: slot)
            note(slot, atEnd: false)
            return nil
        }
        defer { rd_kafka_message_destroy(message) }
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            return nil
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            if let slot { note(slot, atEnd: true) }
            return nil
        case RD_KAFKA_RESP_ERR__FATAL:
            return client.unrecoverableError("read")
        default:
            // Without a partition of ours it is about the group, which nobody here is in.
            guard let slot else { return nil }
            let words = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
            return KafkaError(
                message.pointee.err,
                operation: "read",
                reason: "\(assignment[slot]): \(words)"
            )
        }
    }

    private func note(_ slot: Int, atEnd isAtEnd: Bool) {
        progress += 1
        guard atEnd[slot] != isAtEnd else { return }
        atEnd[slot] = isAtEnd
        openCount += isAtEnd ? -1 : 1
    }

    /// Whether the end of the slot's partition was reached; false again when more comes.
    public func isAtEnd(slot: Int) -> Bool { atEnd[slot] }

    /// Whether the end of every partition was reached.
    public var isAtEnd: Bool { openCount == 0 }

    /// First offset kept ..< next offset to be written, asked from the broker.
    ///
    /// Blocks up to the limit.
    public func watermarks(
        _ partition: TopicPartition,
        timeLimit: Duration
    ) throws(KafkaError) -> Range<Int64> {
        try open("look up offsets").watermarks(partition, timeLimit: timeLimit)
    }

    /// What a wait without any progress is called: names the brokers and the last failure.
    func standstill(after limit: Duration) -> KafkaError {
        let error = KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation: "read")
        return client?.explain(error, within: limit) ?? error
    }

    /// Ends the client; safe to call twice.
    public func close() {
        guard let client else { return }
        self.client = nil
        assignment = []
        slots = SlotTable()
        (atEnd, openCount, setAside) = ([], 0, nil)
        _ = rd_kafka_consumer_close(client.pointer)
    }

    private func open(_ operation: String) throws(KafkaError) -> NativeClient {
        guard let client else { throw .closed(operation) }
        return client
    }
}
