import Events
import Foundation
import Kafka
import Pipeline
import ServiceKit

/// Every setting of the service, read from flags and the environment and checked as a whole.
///
/// | variable | default | meaning |
/// |---|---|---|
/// | `CORDON_KAFKA_BOOTSTRAP_SERVERS` | `127.0.0.1:9092` | Kafka's addresses |
/// | `CORDON_KAFKA_*` | – | any librdkafka property that carries no guarantee |
/// | `CORDON_TOPIC_PREFIX` | empty | common prefix of all topics and of the group |
/// | `CORDON_RULES` | shipped set | directory of directives, or a scenario; a published set wins |
/// | `CORDON_SCREENING_INSTANCE` | host name | stable name of this process |
/// | `CORDON_SCREENING_WORKERS` | 1 | threads, each with its own partitions, 1 to 64 |
/// | `CORDON_SCREENING_BATCH_RECORDS` | 50000 | records of a transaction at most |
/// | `CORDON_SCREENING_BATCH_BYTES` | 32MiB | bytes of a transaction's input at most |
/// | `CORDON_SCREENING_COMMIT_INTERVAL` | 3ms | wait for more of a batch; latency against rate |
/// | `CORDON_SCREENING_DEDUPE_EVENTS` | 1000000 | events remembered for each partition |
/// | `CORDON_SCREENING_DEDUPE_MEMORY` | 512MiB | bound of all of them in the process |
/// | `CORDON_SCREENING_COUNT_KEYS` | 4000000 | count keys in memory in the process |
/// | `CORDON_SCREENING_HTTP_HOST` | `127.0.0.1` | address of the endpoints |
/// | `CORDON_SCREENING_HTTP_PORT` | 8081 | port of the endpoints, 0 for any |
/// | `CORDON_SCREENING_HTTP_TOKEN` | – | bearer token, needed off loopback |
struct ScreeningConfiguration: Sendable {
    /// How to reach Kafka.
    var kafka: KafkaConfiguration
    /// The topics' full names.
    var topics: TopicNames
    /// Directory of directives or a scenario's name; nil for the shipped set.
    var rules: String?
    /// This process' stable name.
    var instance: String
    /// Number of workers.
    var workers: Int
    /// How much a transaction gathers.
    var pollLimits: PollLimits
    /// Events remembered for each partition, if memory allows.
    var dedupeEvents: Int
    /// Bytes for all seen-marks of the process.
    var dedupeByteLimit: Int
    /// Count keys held by the process.
    var countKeys: Int
    /// Where the endpoints listen.
    var http: (host: String, port: Int)
    /// What the endpoints ask for.
    var httpToken: Secret?
    /// How the service logs.
    var telemetry: TelemetryConfiguration
    /// One line for the log, secrets redacted.
    var summary: String

    /// After this the broker aborts a transaction that its producer left open.
    var transactionTimeout: Duration { .seconds(10) }
    /// How long a request to the broker may take before the session begins anew: a little more than
    /// the transaction timeout, after which nothing could come of it, and little enough
    /// to stop in time.
    var brokerTimeLimit: Duration { .seconds(15) }
    /// How long group and journal may disagree before it is no matter of markers on their way:
    /// twice the transaction timeout, after which nothing can be pending.
    var markerTimeLimit: Duration { transactionTimeout * 2 }

    /// Count keys that one worker may hold.
    var countKeyLimit: Int { max(1, countKeys / workers) }

    /// Reads and checks everything.
    ///
    /// - Throws: ``SettingsProblems`` with all problems at once.
    init(flags: [String: String?], environment: [String: String]) throws {
        var reader = SettingsReader(flags: flags, environment: environment)
        workers = reader.int("CORDON_SCREENING_WORKERS", default: 1, in: 1...64)
        instance = reader.string(
            "CORDON_SCREENING_INSTANCE",
            default: ProcessInfo.processInfo.hostName
        )
        rules = reader.optionalString("CORDON_RULES")
        pollLimits = Self.pollLimits(&reader)
        dedupeEvents = reader.int(
            "CORDON_SCREENING_DEDUPE_EVENTS",
            default: 1_000_000,
            in: 1...100_000_000
        )
        dedupeByteLimit = reader.bytes(
            "CORDON_SCREENING_DEDUPE_MEMORY",
            default: 512 << 20,
            in: 1 << 20...64 << 30
        )
        countKeys = reader.int(
            "CORDON_SCREENING_COUNT_KEYS",
            default: 4_000_000,
            in: 1_000...1_000_000_000
        )
        http = (
            reader.string("CORDON_SCREENING_HTTP_HOST", default: "127.0.0.1"),
            reader.int("CORDON_SCREENING_HTTP_PORT", default: 8_081, in: 0...65_535)
        )
        httpToken = reader.secret("CORDON_SCREENING_HTTP_TOKEN")
        telemetry = TelemetryConfiguration(&reader)
        topics = Self.topics(&reader)
        kafka = Self.kafka(&reader, flags, environment)
        if let problem = bindProblem(host: http.host, authenticated: httpToken != nil) {
            reader.refuse(
                "CORDON_SCREENING_HTTP_HOST",
                "\(problem): set CORDON_SCREENING_HTTP_TOKEN"
            )
        }
        summary = reader.summary
        try reader.finish(strictPrefixes: ["CORDON_SCREENING_"])
    }

    /// Which input a topic is; nil for any other topic.
    func input(ofTopic name: String) -> InputTopic? {
        InputTopic.allCases.first { topics.input($0) == name }
    }

    /// Marks to keep for each of a worker's partitions within the process' memory bound.
    func horizon(partitions: Int) -> Int {
        let share = dedupeByteLimit / workers / max(1, partitions) / DedupeWindow.bytesPerMark
        return max(1, min(dedupeEvents, share))
    }

    private static func pollLimits(_ reader: inout SettingsReader) -> PollLimits {
        PollLimits(
            recordLimit: reader.int(
                "CORDON_SCREENING_BATCH_RECORDS",
                default: 50_000,
                in: 1...1_000_000
            ),
            byteLimit: reader.bytes(
                "CORDON_SCREENING_BATCH_BYTES",
                default: 32 << 20,
                in: 1 << 10...1 << 30
            ),
            idleWait: .milliseconds(100),
            gatherTime: reader.duration(
                "CORDON_SCREENING_COMMIT_INTERVAL",
                default: .milliseconds(3),
                in: .milliseconds(1)...(.seconds(5))
            )
        )
    }

    private static func topics(_ reader: inout SettingsReader) -> TopicNames {
        let prefix = reader.string("CORDON_TOPIC_PREFIX", default: "")
        if let problem = TopicNames.problem(inPrefix: prefix) {
            reader.refuse("CORDON_TOPIC_PREFIX", problem)
            return TopicNames()
        }
        return TopicNames(prefix: prefix)
    }

    private static func kafka(
        _ reader: inout SettingsReader,
        _ flags: [String: String?],
        _ environment: [String: String]
    ) -> KafkaConfiguration {
        let given = flags.compactMapValues { $0 }.filter { $0.key.hasPrefix("CORDON_KAFKA_") }
        do {
            return try KafkaConfiguration(
                environment: environment.merging(given) { _, flag in flag }
            )
        } catch {
            for problem in error.problems { reader.report(problem.description) }
            return KafkaConfiguration()
        }
    }
}
