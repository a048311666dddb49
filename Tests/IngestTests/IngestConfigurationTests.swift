import Events
import Kafka
import ServiceKit
import Testing

@testable import Ingest

@Suite struct IngestConfigurationTests {
    @Test func `the defaults are safe and complete`() throws {
        let configuration = try IngestConfiguration(environment: [:])
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8080)
        #expect(configuration.bodyLimit == 16 << 20)
        #expect(configuration.topics.appstoreEvents == "appstore-events")
        #expect(configuration.kafka.bootstrapServers == "127.0.0.1:9092")
        #expect(configuration.token == nil)
    }

    @Test func `flags win over the environment, for Kafka too`() throws {
        let configuration = try IngestConfiguration(
            flags: [
                "CORDON_KAFKA_BOOTSTRAP_SERVERS": "flag:1", "CORDON_INGEST_HTTP_PORT": "1234",
                "CORDON_TOPIC_PREFIX": nil,
            ],
            environment: [
                "CORDON_KAFKA_BOOTSTRAP_SERVERS": "environment:1", "CORDON_TOPIC_PREFIX": "eu.",
                "CORDON_INGEST_HTTP_PORT": "9",
            ]
        )
        #expect(configuration.kafka.bootstrapServers == "flag:1")
        #expect(configuration.port == 1234)
        #expect(configuration.topics.paymentTransactions == "eu.payment-transactions")
    }

    @Test func `problems of every part come together`() {
        let problems = #expect(throws: SettingsProblems.self) {
            try IngestConfiguration(environment: [
                "CORDON_INGEST_HTTP_HOST": "0.0.0.0", "CORDON_INGEST_HTTP_PROT": "1",
                "CORDON_KAFKA_ENABLE_IDEMPOTENCE": "false", "CORDON_TOPIC_PREFIX": "a b",
                "CORDON_INGEST_HTTP_BODY_LIMIT": "1GiB",
            ])
        }
        let text = problems?.description ?? ""
        #expect(problems?.problems.count == 5)
        #expect(text.contains("CORDON_INGEST_HTTP_HOST is refused: 0.0.0.0 is reachable"))
        #expect(text.contains("did you mean CORDON_INGEST_HTTP_PORT?"))
        #expect(text.contains("CORDON_KAFKA_ENABLE_IDEMPOTENCE"))
        #expect(text.contains("CORDON_TOPIC_PREFIX"))
        #expect(text.contains("CORDON_INGEST_HTTP_IN_FLIGHT_LIMIT"))
    }

    @Test func `a token opens other hosts and is not printed`() throws {
        let configuration = try IngestConfiguration(environment: [
            "CORDON_INGEST_HTTP_HOST": "0.0.0.0",
            "CORDON_INGEST_HTTP_TOKEN": "0123456789abcdef-secret",
        ])
        #expect(configuration.host == "0.0.0.0")
        #expect(!configuration.summary.contains("secret"))
    }

    @Test func `a short token is refused without being shown`() {
        let problems = #expect(throws: SettingsProblems.self) {
            try IngestConfiguration(environment: ["CORDON_INGEST_HTTP_TOKEN": "swordfish"])
        }
        #expect(problems?.problems == ["CORDON_INGEST_HTTP_TOKEN is shorter than 16 bytes"])
    }

    @Test func `a load may run where serving would be refused`() throws {
        let environment = ["CORDON_INGEST_HTTP_HOST": "0.0.0.0"]
        _ = try IngestConfiguration(environment: environment, isServing: false)
    }
}
