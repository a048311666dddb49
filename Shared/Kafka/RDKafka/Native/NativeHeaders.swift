import CRDKafka

/// Record headers on their way into librdkafka, which takes them over when the record is queued.
struct NativeHeaders: ~Copyable {
    private var handle: NativeHandle<OpaquePointer>

    init(_ headers: RecordHeaders) {
        guard let pointer = rd_kafka_headers_new(headers.count) else {
            preconditionFailure("out of memory")
        }
        handle = NativeHandle(pointer) { rd_kafka_headers_destroy($0) }
        headers.bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            var nameStart = 0
            for entry in headers.entries {
                // Both are copied; a null pointer would make an empty value null.
                _ = rd_kafka_header_add(
                    pointer,
                    (start + nameStart).assumingMemoryBound(to: CChar.self),
                    entry.nameEnd - nameStart,
                    start + entry.nameEnd,
                    entry.valueEnd - entry.nameEnd
                )
                nameStart = entry.valueEnd
            }
        }
    }

    var pointer: OpaquePointer { handle.pointer }

    /// Call when librdkafka has taken them over.
    mutating func release() { _ = handle.take() }
}
