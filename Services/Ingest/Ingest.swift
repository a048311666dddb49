import ArgumentParser
import ServiceKit

@main
enum Main {
    static func main() async {
        await runTool(IngestCommand.self)
    }
}

/// The producer service: what comes in over HTTP or from files goes out to Kafka.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cordon-ingest",
        abstract: "Takes app-store and payment events in and writes them to Kafka.",
        discussion: """
            Settings come from the environment (CORDON_INGEST_*, CORDON_KAFKA_*, \
            CORDON_TOPIC_PREFIX); flags override them.

            EXAMPLES
              cordon-ingest serve
              cordon-ingest load events.ndjson
              cordon generate --scenario us-2020 | cordon-ingest load -
            """,
        version: cordonVersion,
        subcommands: [ServeCommand.self, LoadCommand.self]
    )
}
