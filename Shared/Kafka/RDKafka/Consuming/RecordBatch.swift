public import CPrefetch
import CRDKafka

/// Records as they came from the broker, lent one by one; frees each exactly once at its end.
///
/// Keeps the client alive, so that a batch may outlive its consumer. One thread at a time.
public struct RecordBatch: ~Copyable {
    /// Where one record's bytes stand; no C type, so that lending can be inlined anywhere.
    @usableFromInline
    struct Entry {
        @usableFromInline let info: RecordInfo
        @usableFromInline let key: UnsafeRawBufferPointer
        @usableFromInline let value: UnsafeRawBufferPointer
        @usableFromInline let hasHeaders: Bool
        let message: UnsafeMutablePointer<rd_kafka_message_t>
    }

    @usableFromInline var entries: UnsafeMutablePointer<Entry>
    private var capacity: Int
    private let client: NativeClient

    /// How many records there are.
    public private(set) var count: Int = 0
    /// Bytes of all keys and values together.
    public private(set) var byteCount: Int = 0
    /// Whether there are none.
    public var isEmpty: Bool { count == 0 }

    init(_ client: NativeClient, expecting capacity: Int) {
        self.client = client
        if let spare = client.spareEntries.take() {
            (entries, self.capacity) = spare
        } else {
            self.capacity = max(16, capacity)
            entries = .allocate(capacity: self.capacity)
        }
    }

    deinit {
        for index in 0..<count { rd_kafka_message_destroy(entries[index].message) }
        client.spareEntries.give(entries, capacity)
        client.ledger.add(-count, .message)
    }

    /// Lends one record; a null key or value is an empty span, told apart by the flags of the info.
    ///
    /// The spans end with the call. The index must be below `count`.
    @inlinable
    public func withRecord<R: ~Copyable, E: Error>(
        at index: Int,
        _ body: (RecordInfo, _ key: RawSpan, _ value: RawSpan) throws(E) -> R
    ) throws(E) -> R {
        precondition(index >= 0 && index < count, "no such record in the batch")
        let entry = entries[index]
        return try body(entry.info, entry.key.bytes, entry.value.bytes)
    }

    /// The place in the assignment of the partition that a record is of.
    ///
    /// The index must be below `count`.
    @inlinable
    public func slot(at index: Int) -> Int {
        precondition(index >= 0 && index < count, "no such record in the batch")
        return entries[index].info.slot
    }

    /// The end of the records from `start` on that are of one partition, at most `limit`, which
    /// must not be above `count`.
    @inlinable
    public func endOfRun(from start: Int, before limit: Int) -> Int {
        precondition(limit <= count, "the batch has fewer records")
        let first = slot(at: start)
        var end = start + 1
        while end < limit, entries[end].info.slot == first { end += 1 }
        return end
    }

    /// Asks for the memory of a record that is going to be lent soon; any index is allowed.
    @inlinable
    public func prefetch(at index: Int) {
        guard index < count else { return }
        let value = entries[index].value
        // Lines of 64 bytes; the processor follows a stretch by itself once it has begun.
        cordon_prefetch(value.baseAddress)
        cordon_prefetch(value.baseAddress.map { $0 + min(64, value.count) })
        cordon_prefetch(value.baseAddress.map { $0 + min(128, value.count) })
        cordon_prefetch(value.baseAddress.map { $0 + min(192, value.count) })
        cordon_prefetch(value.baseAddress.map { $0 + min(256, value.count) })
    }

    /// Lends the headers of one record in their order; a null value is an empty span.
    public func forEachHeader(
        at index: Int,
        _ body: (_ name: RawSpan, _ value: RawSpan) -> Void
    ) {
        guard let headers = headers(at: index) else { return }
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        var position = 0
        while rd_kafka_header_get_all(headers, position, &name, &value, &size)
            == RD_KAFKA_RESP_ERR_NO_ERROR
        {
            // librdkafka gives a name without its size; a zero byte in a name ends it.
            let nameBytes = UnsafeRawBufferPointer(
                start: name,
                count: name.map { strlen($0) } ?? 0
            )
            let valueBytes = UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : size)
            body(nameBytes.bytes, valueBytes.bytes)
            position += 1
        }
    }

    /// Whether the record has any header.
    @inlinable
    public func hasHeaders(at index: Int) -> Bool {
        precondition(index >= 0 && index < count, "no such record in the batch")
        return entries[index].hasHeaders
    }

    private func headers(at index: Int) -> OpaquePointer? {
        precondition(index >= 0 && index < count, "no such record in the batch")
        var headers: OpaquePointer?
        let code = rd_kafka_message_headers(entries[index].message, &headers)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? headers : nil
    }
}

extension RecordBatch {
    /// Takes a message over.
    mutating func append(_ message: UnsafeMutablePointer<rd_kafka_message_t>, slot: Int) {
        if count == capacity { grow() }
        let record = message.pointee
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = rd_kafka_message_timestamp(message, &kind)
        let info = RecordInfo(
            slot: slot,
            partition: record.partition,
            offset: record.offset,
            timestamp: kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? -1 : timestamp,
            hasKey: record.key != nil,
            hasValue: record.payload != nil
        )
        let key = UnsafeRawBufferPointer(
            start: record.key,
            count: record.key == nil ? 0 : record.key_len
        )
        let value = UnsafeRawBufferPointer(
            start: record.payload,
            count: record.payload == nil ? 0 : record.len
        )
        // Asked now, while the message is at hand in the processor's cache.
        var headers: OpaquePointer?
        let hasHeaders =
            rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR
            && rd_kafka_header_cnt(headers) > 0
        (entries + count).initialize(
            to: Entry(
                info: info,
                key: key,
                value: value,
                hasHeaders: hasHeaders,
                message: message
            )
        )
        count += 1
        byteCount += key.count + value.count
    }

    /// Call once when the batch is complete: the ledger is kept per batch, not per record.
    func noteInLedger() { client.ledger.add(count, .message) }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}
