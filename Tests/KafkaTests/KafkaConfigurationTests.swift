import Testing

@testable import Kafka

@Suite struct `Kafka configuration` {
    @Test func `an empty environment means a broker on this machine`() throws {
        let configuration = try KafkaConfiguration(environment: [:])
        #expect(configuration.bootstrapServers == "127.0.0.1:9092")
        #expect(configuration.properties.isEmpty)
    }

    @Test func `any property is read from its upper-case name`() throws {
        let configuration = try KafkaConfiguration(environment: [
            "CORDON_KAFKA_BOOTSTRAP_SERVERS": "a:9092, b:9093",
            "CORDON_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
            "CORDON_KAFKA_FETCH_MAX_BYTES": "1000000",
            "CORDON_KAFKA_LOG_LEVEL": "7",
            "CORDON_TOPIC_PREFIX": "not ours",
            "PATH": "/bin",
        ])
        #expect(configuration.bootstrapServers == "a:9092, b:9093")
        #expect(
            configuration.properties == [
                "sasl.mechanism": "SCRAM-SHA-512", "fetch.max.bytes": "1000000", "log_level": "7",
            ]
        )
    }

    @Test(arguments: [
        "ISOLATION_LEVEL", "ENABLE_AUTO_COMMIT", "AUTO_COMMIT_ENABLE", "ENABLE_AUTO_OFFSET_STORE",
        "AUTO_OFFSET_RESET", "PARTITION_ASSIGNMENT_STRATEGY", "ACKS", "REQUEST_REQUIRED_ACKS",
        "ENABLE_IDEMPOTENCE", "PARTITIONER", "GROUP_ID", "GROUP_INSTANCE_ID", "GROUP_PROTOCOL",
        "TRANSACTIONAL_ID", "TRANSACTION_TIMEOUT_MS", "REBALANCE_CB", "DR_MSG_CB",
        "DELIVERY_REPORT_ONLY_ERROR", "METADATA_BROKER_LIST", "TEST_MOCK_NUM_BROKERS",
    ])
    func `what carries a guarantee is refused with the reason`(name: String) {
        let error = #expect(throws: KafkaConfigurationProblems.self) {
            try KafkaConfiguration(environment: ["CORDON_KAFKA_" + name: "1"])
        }
        let problem = error?.problems.first
        #expect(problem?.variable == "CORDON_KAFKA_" + name)
        #expect(problem?.message.contains("cannot be set: ") == true)
    }

    @Test func `all problems are told at once`() {
        let error = #expect(throws: KafkaConfigurationProblems.self) {
            try KafkaConfiguration(environment: [
                "CORDON_KAFKA_ACKS": "1",
                "CORDON_KAFKA_NO_SUCH_THING": "1",
                "CORDON_KAFKA_FETCH_MAX_BYTES": "many",
                "CORDON_KAFKA_BOOTSTRAP_SERVERS": "host:port",
            ])
        }
        #expect(
            error?.problems.map(\.variable) == [
                "CORDON_KAFKA_ACKS", "CORDON_KAFKA_BOOTSTRAP_SERVERS",
                "CORDON_KAFKA_FETCH_MAX_BYTES", "CORDON_KAFKA_NO_SUCH_THING",
            ]
        )
        #expect(error?.description.split(separator: "\n").count == 4)
    }

    @Test(arguments: [
        ("a", true), ("a:1", true), ("10.0.0.1:65535,b", true), ("[::1]:9092", true),
        ("[fe80::1]", true), ("a:9092, b:9092", true),
        ("", false), ("a,", false), (",a", false), (":9092", false), ("a:", false),
        ("a:0", false), ("a:65536", false), ("a:+1", false), ("a:9092/x", false),
        ("::1:9092", false), ("[::1:9092", false), ("PLAINTEXT://a:9092", false),
        ("a b:9092", false), ("a;b", true), ("ä:9092", false),
    ])
    func `brokers are host and port`(text: String, isGood: Bool) {
        #expect((KafkaConfiguration.problem(inBootstrapServers: text) == nil) == isGood)
    }

    @Test(arguments: [
        "sasl.password", "ssl.key.password", "ssl.keystore.password", "sasl.oauthbearer.config",
        "sasl.oauthbearer.client.secret", "ssl.key.pem",
    ])
    func `a secret is never printed`(name: String) {
        let configuration = KafkaConfiguration(properties: [name: "hunter2"])
        #expect(!configuration.redactedDescription.contains("hunter2"))
        #expect(configuration.redactedDescription.contains("\(name)=<redacted>"))
    }

    @Test(arguments: ["ssl.ca.location", "ssl.key.location", "sasl.username", "client.id"])
    func `what is no secret is printed`(name: String) {
        let configuration = KafkaConfiguration(properties: [name: "visible"])
        #expect(configuration.redactedDescription.contains("\(name)=visible"))
    }

    @Test func `a bad secret is refused without showing it`() throws {
        let problem = NativeConfiguration.problem(setting: "ssl.key.pem", to: "hunter2")
        #expect(problem?.contains("hunter2") != true)
        let error = #expect(throws: KafkaError.self) {
            try KafkaProducer(
                KafkaConfiguration(properties: ["ssl.key.password": "hunter2", "nope": "hunter2"]),
                logger: silent
            )
        }
        #expect(error?.reason == "librdkafka has no property nope")
    }

    @Test func `a client with impossible settings is an error that names them`() {
        let error = #expect(throws: KafkaError.self) {
            try KafkaProducer(
                KafkaConfiguration(properties: ["max.in.flight": "100"]),
                logger: silent
            )
        }
        #expect(error?.operation == "configure")
        #expect(error?.reason.contains("max.in.flight") == true)
    }
}
