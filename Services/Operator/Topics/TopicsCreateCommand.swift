import ArgumentParser
import ServiceKit

/// `cordon topics create`: makes what is missing, checks what is there; safe to run again.
struct TopicsCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create the topics that are missing and check those that exist.",
        discussion: """
            Existing topics are left as they are: a difference in policy or partitions is \
            reported, and the command fails where the services could not work with it: a journal \
            must have the partitions of its input, ban-rules exactly one.

            Policies: the inputs have the cluster's retention; download-counts is compacted; \
            flagged-transactions, dead-letters and the journals are kept for ten years, ban-rules \
            for ever.

            Examples:
              cordon topics create
              cordon topics create --partitions 12 --replication-factor 3
            """
    )

    @OptionGroup var broker: BrokerOptions

    @Option(
        help: ArgumentHelp(
            "Partitions of the inputs, their journals and the outputs (default 4).",
            valueName: "number"
        )
    )
    var partitions: Int?

    @Option(
        help: ArgumentHelp(
            "Copies of each partition; the cluster's default otherwise.",
            valueName: "number"
        )
    )
    var replicationFactor: Int?

    func validate() throws {
        if let partitions, !(1...10_000).contains(partitions) {
            throw ValidationError("--partitions is a number from 1 to 10000")
        }
        if let replicationFactor, !(1...100).contains(replicationFactor) {
            throw ValidationError("--replication-factor is a number from 1 to 100")
        }
    }

    func run() async throws {
        let (partitions, replicationFactor) = (partitions, replicationFactor ?? -1)
        let results = try await broker.connection().onThread { connection in
            try TopicCreation(connection).run(
                partitions: partitions,
                replicationFactor: replicationFactor
            )
        }
        try StandardOutput.print(TopicCreation.sheet(results).table)
        for result in results {
            for finding in result.findings {
                Terminal.writeError("cordon: \(result.topic.name) \(finding.message)\n")
            }
        }
        guard results.allSatisfy(\.isUsable) else { throw ExitCode.failure }
    }
}
