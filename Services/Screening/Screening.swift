import ArgumentParser
import Foundation
import ServiceKit

/// The consumer service: applies dated ban rules to event topics and emits flags and counts.
@main
struct Screening: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cordon-screening",
        abstract: "Screens app-store and payment events on Kafka against dated ban rules.",
        discussion: """
            Reads appstore-events and payment-transactions; writes flagged-transactions, \
            download-counts, the journals and dead-letters, exactly once.
            """,
        version: cordonVersion,
        subcommands: [Serve.self]
    )

    static func main() async {
        await runTool(Self.self)
    }
}

extension Screening {
    /// The `serve` command.
    struct Serve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Screen until stopped.",
            discussion: """
                Examples:
                  cordon-screening serve
                  cordon-screening serve --brokers kafka-1:9092,kafka-2:9092 --workers 2
                  CORDON_SCREENING_INSTANCE=screening-0 cordon-screening serve --http-port 0

                Every setting is an environment variable; see Services/Screening/README.md.
                """
        )

        @Option(help: "Kafka's addresses (CORDON_KAFKA_BOOTSTRAP_SERVERS).")
        var brokers: String?
        @Option(help: "Common prefix of all topics (CORDON_TOPIC_PREFIX).")
        var topicPrefix: String?
        @Option(help: "Directory of directives (CORDON_RULES), used while none are published.")
        var rules: String?
        @Option(help: "This process' stable name (CORDON_SCREENING_INSTANCE).")
        var instance: String?
        @Option(help: "Worker threads (CORDON_SCREENING_WORKERS).")
        var workers: Int?
        @Option(help: "Port of the endpoints, 0 for any (CORDON_SCREENING_HTTP_PORT).")
        var httpPort: Int?

        func run() async throws {
            let settings = try ScreeningConfiguration(
                flags: flags,
                environment: ProcessInfo.processInfo.environment
            )
            let telemetry = Telemetry.bootstrap(
                service: "cordon-screening",
                configuration: settings.telemetry
            )
            try await Screening.assemble(
                settings,
                logger: telemetry.logger,
                registry: telemetry.registry
            ).run()
        }

        private var flags: [String: String?] {
            [
                "CORDON_KAFKA_BOOTSTRAP_SERVERS": brokers,
                "CORDON_TOPIC_PREFIX": topicPrefix,
                "CORDON_RULES": rules,
                "CORDON_SCREENING_INSTANCE": instance,
                "CORDON_SCREENING_WORKERS": workers.map(String.init),
                "CORDON_SCREENING_HTTP_PORT": httpPort.map(String.init),
            ]
        }
    }
}
