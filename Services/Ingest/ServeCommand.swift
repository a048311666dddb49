import ArgumentParser
import Foundation
import Kafka
import Logging
import ServiceKit

/// `cordon-ingest serve`: the HTTP front door.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Takes events in over HTTP.",
        discussion: """
            POST /v1/events takes one CloudEvent, a batch, NDJSON or binary mode, and answers \
            2xx only after the broker has acknowledged. GET /openapi.json describes it; /livez, \
            /readyz and /metrics are for operations. SIGTERM and Ctrl-C finish what was begun.

            EXAMPLES
              cordon-ingest serve
              cordon-ingest serve --http-port 9080 --bootstrap-servers kafka-1:9092,kafka-2:9092
              CORDON_INGEST_HTTP_TOKEN=… cordon-ingest serve --http-host 0.0.0.0
            """
    )

    @Option(help: "Where to listen (CORDON_INGEST_HTTP_HOST, default 127.0.0.1).")
    var httpHost: String?

    @Option(help: "The port to listen on (CORDON_INGEST_HTTP_PORT, default 8080).")
    var httpPort: String?

    @OptionGroup var kafka: KafkaFlags

    func run() async throws {
        var flags = kafka.settings
        flags["CORDON_INGEST_HTTP_HOST"] = httpHost
        flags["CORDON_INGEST_HTTP_PORT"] = httpPort
        let configuration = try IngestConfiguration(flags: flags)
        let telemetry = Telemetry.bootstrap(
            service: "cordon-ingest",
            configuration: configuration.telemetry
        )
        telemetry.logger.notice(
            "starting",
            metadata: [
                "version": "\(cordonVersion)", "settings": "\(configuration.summary)",
                "kafka": "\(configuration.kafka.redactedDescription)",
            ]
        )
        let sink = try configuration.makeSink(logger: telemetry.logger)
        let assembly = try IngestAssembly(configuration, sink: sink, telemetry: telemetry)
        do {
            try await runServices(
                [sink] + assembly.services,
                logger: telemetry.logger,
                gracefulLimit: configuration.stopLimit
            )
        } catch {
            // Nothing but the server throws: its address is taken, or not this machine's.
            let place = "\(configuration.host):\(configuration.port)"
            throw ToolFailure("cannot listen on \(place): \(Self.reason(error))")
        }
        telemetry.logger.notice("stopped")
    }

    /// The system's own words where the error carries its number, as socket errors do.
    private static func reason(_ error: any Error) -> String {
        let text = "\(error)"
        guard let number = text.firstMatch(of: /errno: ([0-9]+)/).flatMap({ Int32($0.1) }) else {
            return text
        }
        return unsafe String(cString: strerror(number))
    }
}

/// The flags both commands have.
struct KafkaFlags: ParsableArguments {
    @Option(help: "Brokers (CORDON_KAFKA_BOOTSTRAP_SERVERS, default 127.0.0.1:9092).")
    var bootstrapServers: String?

    @Option(help: "Stands before the names of all topics (CORDON_TOPIC_PREFIX).")
    var topicPrefix: String?

    /// The flags by the names of the environment variables they override.
    var settings: [String: String?] {
        [
            "CORDON_KAFKA_BOOTSTRAP_SERVERS": bootstrapServers,
            "CORDON_TOPIC_PREFIX": topicPrefix,
        ]
    }
}
