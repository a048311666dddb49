import CRDKafka

/// One record on its way out, as a C call takes it.
enum NativeRecord {
    /// -1: the partitioner decides by the key.
    static let anyPartition: Int32 = -1

    /// Queues a copy; returns the code, `_QUEUE_FULL` when there is no room now.
    static func produce(
        _ client: NativeClient,
        _ topic: OpaquePointer,
        partition: Int32,
        key: RawSpan?,
        value: RawSpan?,
        with extras: Extras
    ) -> rd_kafka_resp_err_t {
        withPointer(key) { key, keySize in
            withPointer(value) { value, valueSize in
                guard let headers = extras.headers, !headers.isEmpty else {
                    return cordon_produce(
                        client.pointer,
                        topic,
                        partition,
                        key,
                        keySize,
                        value,
                        valueSize,
                        nil,
                        extras.opaque
                    )
                }
                var native = NativeHeaders(headers)
                let code = cordon_produce(
                    client.pointer,
                    topic,
                    partition,
                    key,
                    keySize,
                    value,
                    valueSize,
                    native.pointer,
                    extras.opaque
                )
                if code == RD_KAFKA_RESP_ERR_NO_ERROR { native.release() }
                return code
            }
        }
    }

    /// What goes with a record besides key and value.
    struct Extras {
        var headers: RecordHeaders?
        var opaque: UnsafeMutableRawPointer?
    }

    /// Null for nil; never null for an empty span, which is a value and no tombstone.
    private static func withPointer<R>(
        _ span: RawSpan?,
        _ body: (UnsafeRawPointer?, Int) -> R
    ) -> R {
        guard let span else { return body(nil, 0) }
        return span.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else {
                return withUnsafeBytes(of: 0 as UInt8) { body($0.baseAddress, 0) }
            }
            return body(start, bytes.count)
        }
    }
}
