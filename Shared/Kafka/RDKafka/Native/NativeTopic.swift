import CRDKafka

/// A topic's native handle; holds its client, which must outlive it.
final class NativeTopic: @unchecked Sendable {  // an immutable pointer to a thread-safe object
    let pointer: OpaquePointer
    private let client: NativeClient

    init(_ name: String, of client: NativeClient) throws(KafkaError) {
        guard let pointer = rd_kafka_topic_new(client.pointer, name, nil) else {
            throw KafkaError(
                rd_kafka_last_error(),
                operation: "open topic",
                reason: "\"\(name)\" is not usable: "
                    + String(cString: rd_kafka_err2str(rd_kafka_last_error()))
            )
        }
        self.pointer = pointer
        self.client = client
        client.ledger.add(1, .topic)
    }

    deinit {
        rd_kafka_topic_destroy(pointer)
        client.ledger.add(-1, .topic)
    }
}
