import Events
import Foundation
import Kafka
import ServiceKit

/// Every setting of `cordon-ingest`; flags first, then the environment, then the default.
///
/// Besides these, `CORDON_KAFKA_*` reaches librdkafka and `CORDON_LOG_LEVEL` and
/// `CORDON_LOG_FORMAT` the log.
struct IngestConfiguration: Sendable {
    /// `CORDON_INGEST_HTTP_HOST`, default `127.0.0.1`; anything but loopback needs a token.
    var host: String
    /// `CORDON_INGEST_HTTP_PORT`, 0 to 65535, default 8080; 0 takes a free one and logs it.
    var port: Int
    /// `CORDON_INGEST_HTTP_TOKEN`, at least 16 bytes, no default: the bearer token that
    /// `POST /v1/events` asks for.
    var token: Secret?
    /// `CORDON_INGEST_HTTP_BODY_LIMIT`, 1 KiB to 1 GiB, default 16 MiB: the largest request body.
    var bodyLimit: Int
    /// `CORDON_INGEST_HTTP_EVENT_LIMIT`, 1 to 1,000,000, default 100,000: events of one request.
    var eventLimit: Int
    /// `CORDON_INGEST_HTTP_IN_FLIGHT_LIMIT`, 1 KiB to 64 GiB, default 128 MiB: bytes of all
    /// requests that are being read or wait for the broker; beyond it the door answers 503.
    var inFlightLimit: Int
    /// `CORDON_INGEST_HTTP_DRAIN_TIME`, 0 s to 5 m, default 0 s: how long the door stays open after
    /// a stop was asked for and `/readyz` says so.
    var drainTime: Duration
    /// `CORDON_INGEST_HTTP_STOP_LIMIT`, 1 s to 10 m, default 45 s: how long stopping may take.
    var stopLimit: Duration
    /// `CORDON_INGEST_ACK_LIMIT`, 1 s to 5 m, default 30 s: how long an event may wait for the
    /// broker's acknowledgement before its request is answered with 503.
    var ackLimit: Duration
    /// `CORDON_INGEST_PROBE_INTERVAL`, 100 ms to 5 m, default 3 s: between two looks at the broker.
    var probeInterval: Duration
    /// `CORDON_TOPIC_PREFIX`, default empty: stands before the names of all topics.
    var topics: TopicNames
    /// `CORDON_RULES`: directory of directives that `/v1/rules` tells of while none are published.
    var rules: String?
    /// `CORDON_KAFKA_*`.
    var kafka: KafkaConfiguration
    /// `CORDON_LOG_LEVEL` and `CORDON_LOG_FORMAT`.
    var telemetry: TelemetryConfiguration
    /// The settings as they were read, secrets redacted, for the log line at start.
    var summary: String

    /// Reads everything.
    ///
    /// - Parameters:
    ///   - flags: by environment variable, nil for those not given.
    ///   - environment: the process's unless a test gives its own.
    ///   - isServing: whether a door is opened, so that its host must be a safe one.
    /// - Throws: ``SettingsProblems`` with all problems.
    init(
        flags: [String: String?] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        isServing: Bool = true
    ) throws(SettingsProblems) {
        var reader = SettingsReader(flags: flags, environment: environment)
        host = reader.string("CORDON_INGEST_HTTP_HOST", default: "127.0.0.1")
        port = reader.int("CORDON_INGEST_HTTP_PORT", default: 8080, in: 0...65_535)
        token = reader.secret("CORDON_INGEST_HTTP_TOKEN")
        bodyLimit = reader.bytes(
            "CORDON_INGEST_HTTP_BODY_LIMIT",
            default: 16 << 20,
            in: 1 << 10...1 << 30
        )
        eventLimit = reader.int(
            "CORDON_INGEST_HTTP_EVENT_LIMIT",
            default: 100_000,
            in: 1...1_000_000
        )
        inFlightLimit = reader.bytes(
            "CORDON_INGEST_HTTP_IN_FLIGHT_LIMIT",
            default: 128 << 20,
            in: 1 << 10...64 << 30
        )
        drainTime = reader.duration(
            "CORDON_INGEST_HTTP_DRAIN_TIME",
            default: .zero,
            in: .zero ... .seconds(300)
        )
        stopLimit = reader.duration(
            "CORDON_INGEST_HTTP_STOP_LIMIT",
            default: .seconds(45),
            in: .seconds(1) ... .seconds(600)
        )
        ackLimit = reader.duration(
            "CORDON_INGEST_ACK_LIMIT",
            default: .seconds(30),
            in: .seconds(1) ... .seconds(300)
        )
        probeInterval = reader.duration(
            "CORDON_INGEST_PROBE_INTERVAL",
            default: .seconds(3),
            in: .milliseconds(100) ... .seconds(300)
        )
        topics = Self.topics(&reader)
        telemetry = TelemetryConfiguration(&reader)
        kafka = Self.kafka(&reader, environment, flags)
        Self.checkTogether(&reader, token: token, host: isServing ? host : nil)
        if bodyLimit > inFlightLimit {
            reader.refuse(
                "CORDON_INGEST_HTTP_IN_FLIGHT_LIMIT",
                "is below CORDON_INGEST_HTTP_BODY_LIMIT"
            )
        }
        rules = reader.optionalString("CORDON_RULES")
        summary = reader.summary
        try reader.finish(strictPrefixes: ["CORDON_INGEST_", "CORDON_LOG_", "CORDON_TOPIC_"])
    }

    private static func checkTogether(
        _ reader: inout SettingsReader,
        token: Secret?,
        host: String?
    ) {
        if let token, token.revealed.utf8.count < 16 {
            reader.refuse("CORDON_INGEST_HTTP_TOKEN", "is shorter than 16 bytes")
        }
        if let host, let problem = bindProblem(host: host, authenticated: token != nil) {
            reader.refuse(
                "CORDON_INGEST_HTTP_HOST",
                "is refused: \(problem); set CORDON_INGEST_HTTP_TOKEN"
            )
        }
    }

    private static func topics(_ reader: inout SettingsReader) -> TopicNames {
        let prefix = reader.string("CORDON_TOPIC_PREFIX", default: "")
        if let problem = TopicNames.problem(inPrefix: prefix) {
            reader.refuse("CORDON_TOPIC_PREFIX", "is no part of a topic's name: \(problem)")
        }
        return TopicNames(prefix: prefix)
    }

    private static func kafka(
        _ reader: inout SettingsReader,
        _ environment: [String: String],
        _ flags: [String: String?]
    ) -> KafkaConfiguration {
        let given = flags.compactMapValues { $0 }.filter { $0.key.hasPrefix("CORDON_KAFKA_") }
        let merged = environment.filter { !$0.value.isEmpty }.merging(given) { $1 }
        do {
            return try KafkaConfiguration(environment: merged)
        } catch {
            for problem in error.problems { reader.report(problem.description) }
            return KafkaConfiguration()
        }
    }
}

extension KafkaConfiguration {
    /// The same with librdkafka properties that the environment has not set.
    func withDefaults(_ defaults: [String: String]) -> KafkaConfiguration {
        var copy = self
        copy.properties.merge(defaults) { own, _ in own }
        return copy
    }
}
