import ArgumentParser
import Foundation
import Kafka
import Logging
import ServiceKit
import ServiceLifecycle

/// `cordon-ingest load`: files or standard input to Kafka.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Loads events from NDJSON files or standard input.",
        discussion: """
            One CloudEvent in JSON a line; blank lines are skipped, lines that break the contract \
            are rejected and counted, and loading goes on. Progress and the summary go to \
            standard error. The exit code is 1 when the broker failed, with --strict also when \
            anything was rejected, and 130 after Ctrl-C, which still waits for what was sent.

            EXAMPLES
              cordon-ingest load events.ndjson more.ndjson
              zcat events.ndjson.gz | cordon-ingest load - --rejects rejected.ndjson
              cordon-ingest load --dry-run --strict events.ndjson
            """
    )

    @Argument(help: "Files, or - for standard input.")
    var files: [String]

    @Option(help: "Keep rejected records in this file, one JSON object a line.")
    var rejects: String?

    @Flag(help: "Exit with 1 when anything was rejected.")
    var strict = false

    @Flag(help: "Only validate; no broker is needed.")
    var dryRun = false

    @Option(help: "Send at most this many events a second.")
    var throttle: Int?

    @Option(help: "Seconds to wait for the broker, at the start and for each event.")
    var timeout: Int = 30

    @OptionGroup var kafka: KafkaFlags

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("Name a file, or - for standard input.") }
        guard files.count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("Standard input can be read only once.")
        }
        guard (1...3_600).contains(timeout) else {
            throw ValidationError("--timeout is from 1 to 3600 seconds.")
        }
        if let throttle, !(1...10_000_000).contains(throttle) {
            throw ValidationError("--throttle is from 1 to 10000000 events a second.")
        }
    }

    func run() async throws {
        let configuration = try IngestConfiguration(flags: kafka.settings, isServing: false)
        var logging = configuration.telemetry
        // A tool says what went wrong once, at its end; who sets a level wants more.
        if ProcessInfo.processInfo.environment["CORDON_LOG_LEVEL"] == nil {
            logging.level = .critical
        }
        let telemetry = Telemetry.bootstrap(service: "cordon-ingest", configuration: logging)
        let sink = try dryRun ? nil : makeSink(configuration, telemetry.logger)
        let publisher = sink.map {
            EventPublisher(sink: $0, metrics: IngestMetrics(telemetry.registry))
        }
        let options = LoadOptions(paths: files, rejectsPath: rejects, throttle: throttle)
        let stop = StopFlag()
        let job = LoadJob(options: options, publisher: publisher, stop: stop, limit: limit)
        try await runServices(
            [job],
            logger: telemetry.logger,
            gracefulLimit: limit + .seconds(10)
        )
        await sink?.close()
        try conclude(job)
    }

    private var limit: Duration { .seconds(timeout) }

    private func makeSink(
        _ configuration: IngestConfiguration,
        _ logger: Logger
    ) throws -> KafkaSink {
        let kafka = configuration.kafka.withDefaults([
            "message.timeout.ms": String(timeout * 1_000),
            "linger.ms": "20",
            "queue.buffering.max.messages": "1000000",
        ])
        return try KafkaSink(
            kafka,
            topics: configuration.topics,
            closeLimit: .seconds(5),
            logger: logger
        )
    }

    /// Prints the summary and decides the exit code.
    private func conclude(_ job: LoadJob) throws {
        let (summary, failure) = job.outcome
        if let summary { Terminal.writeError(summary.text + "\n") }
        if let failure { throw failure }
        guard let summary else { return }
        if summary.isStopped { throw ExitCode(130) }
        if strict, summary.rejectedCount > 0 { throw ExitCode(ToolExit.failure.rawValue) }
    }
}
