import CRDKafka
import Kafka
import Logging
import Testing

/// librdkafka's own cluster inside the process: real sockets, and broker errors on demand.
///
/// It shows aborted records and keeps no transactional offsets, so it proves how errors are
/// handled, never what a broker does.
final class MockCluster {
    /// Protocol requests by their numbers.
    enum Request: Int16 {
        case produce = 0
        case fetch = 1
        case heartbeat = 12
        case initProducerID = 22
        case addPartitions = 24
        case endTransaction = 26
        case transactionOffsets = 28
    }

    private let client: OpaquePointer
    private let cluster: OpaquePointer
    private let brokers: Int32

    init(brokers: Int32 = 1) throws {
        self.brokers = brokers
        let configuration = rd_kafka_conf_new()
        rd_kafka_conf_set_log_cb(configuration) { _, _, _, _ in }
        client = try #require(rd_kafka_new(RD_KAFKA_PRODUCER, configuration, nil, 0))
        cluster = try #require(rd_kafka_mock_cluster_new(client, brokers))
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(client)
    }

    var bootstrapServers: String { String(cString: rd_kafka_mock_cluster_bootstraps(cluster)) }

    func configuration(_ properties: [String: String] = [:]) -> KafkaConfiguration {
        KafkaConfiguration(bootstrapServers: bootstrapServers, properties: properties)
    }

    func createTopic(_ name: String, partitions: Int32 = 1) {
        #expect(
            rd_kafka_mock_topic_create(cluster, name, partitions, 1) == RD_KAFKA_RESP_ERR_NO_ERROR
        )
    }

    /// The next answers to this request are these errors.
    func fail(_ request: Request, with errors: [rd_kafka_resp_err_t]) {
        rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
    }

    func setDown() {
        for broker in 1...brokers { rd_kafka_mock_broker_set_down(cluster, broker) }
    }

    func setUp() {
        for broker in 1...brokers { rd_kafka_mock_broker_set_up(cluster, broker) }
    }

    /// Answers take this long.
    func setRoundTrip(milliseconds: Int32) {
        for broker in 1...brokers {
            rd_kafka_mock_broker_set_rtt(cluster, broker, milliseconds)
        }
    }
}
