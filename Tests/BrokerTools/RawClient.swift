import CRDKafka

/// A client of librdkafka as it is, for what no program of ours does to a cluster.
final class RawClient {
    let pointer: OpaquePointer
    private let flags: Int32

    /// - Parameter leavesGroups: false for a client that is to vanish as if it had been killed.
    init(
        _ kind: rd_kafka_type_t,
        _ properties: [String: String],
        leavesGroups: Bool = true
    ) throws {
        flags = leavesGroups ? 0 : RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE
        let configuration = rd_kafka_conf_new()
        var words = [CChar](repeating: 0, count: 512)
        for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
            guard
                rd_kafka_conf_set(configuration, name, value, &words, words.count)
                    == RD_KAFKA_CONF_OK
            else {
                rd_kafka_conf_destroy(configuration)
                throw BrokerToolFailure("set \(name)", Self.text(words))
            }
        }
        guard let made = rd_kafka_new(kind, configuration, &words, words.count) else {
            rd_kafka_conf_destroy(configuration)
            throw BrokerToolFailure("make a client", Self.text(words))
        }
        pointer = made
        if kind == RD_KAFKA_CONSUMER { rd_kafka_poll_set_consumer(made) }
    }

    deinit { rd_kafka_destroy_flags(pointer, flags) }

    /// A producer in a transaction that has just begun.
    static func inTransaction(
        _ id: String,
        _ properties: [String: String]
    ) throws -> RawClient {
        let own = ["transactional.id": id]
        let client = try RawClient(RD_KAFKA_PRODUCER, properties.merging(own) { $1 })
        try client.check(rd_kafka_init_transactions(client.pointer, 30_000), "initialise")
        try client.check(rd_kafka_begin_transaction(client.pointer), "begin")
        return client
    }

    func check(_ code: rd_kafka_resp_err_t, _ operation: String) throws {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        throw BrokerToolFailure(operation, String(cString: rd_kafka_err2str(code)))
    }

    /// Takes the error over, if it is one.
    func check(_ error: OpaquePointer?, _ operation: String) throws {
        guard let error else { return }
        defer { rd_kafka_error_destroy(error) }
        throw BrokerToolFailure(operation, String(cString: rd_kafka_error_string(error)))
    }

    /// One record or piece of news, thrown away.
    func pollOnce(milliseconds: Int32) {
        guard let message = rd_kafka_consumer_poll(pointer, milliseconds) else { return }
        rd_kafka_message_destroy(message)
    }

    private static func text(_ words: [CChar]) -> String {
        String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// What could not be done to a cluster, with its words.
public struct BrokerToolFailure: Error, CustomStringConvertible {
    /// One line.
    public let description: String

    init(_ operation: String, _ reason: String) {
        description = "\(operation): \(reason)"
    }
}
