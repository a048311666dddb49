import ArgumentParser
import Events
import Kafka
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
              cordon topics create --partitions 12 --replication-factor 3 --brokers kafka-1:9092
            """)

    @OptionGroup var broker: BrokerOptions

    @Option(
        help: ArgumentHelp(
            "Partitions of the inputs, their journals and the outputs.", valueName: "number"))
    var partitions = 4

    @Option(
        help: ArgumentHelp(
            "Copies of each partition; the cluster's default otherwise.", valueName: "number"))
    var replicationFactor: Int?

    func validate() throws {
        guard (1...10_000).contains(partitions) else {
            throw ValidationError("--partitions is a number from 1 to 10000")
        }
        if let replicationFactor, !(1...100).contains(replicationFactor) {
            throw ValidationError("--replication-factor is a number from 1 to 100")
        }
    }

    func run() async throws {
        let (partitions, replicationFactor) = (partitions, replicationFactor ?? -1)
        let results = try await broker.connection().onThread { connection in
            let admin = try connection.admin()
            defer { admin.close() }
            return try TopicCreation(connection, admin).run(
                partitions: partitions, replicationFactor: replicationFactor)
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

/// Brings the topics of a cluster up to a plan, touching none that exists.
struct TopicCreation {
    /// What became of one topic.
    struct Result: Sendable {
        let topic: TopicPlan.Topic
        let word: String
        var findings: [TopicFinding] = []

        var isUsable: Bool { !findings.contains(where: \.isFatal) }
    }

    private let connection: Connection
    private let admin: KafkaAdmin

    init(_ connection: Connection, _ admin: KafkaAdmin) {
        self.connection = connection
        self.admin = admin
    }

    /// Creates and checks; blocks its thread.
    func run(partitions: Int, replicationFactor: Int) throws -> [Result] {
        let described = try admin.describe(
            topics: connection.topics.all, timeLimit: connection.timeLimit)
        let existing = described.filter(\.exists)
        let plan = TopicPlan(
            connection.topics, partitions: partitions,
            existing: Dictionary(existing.map { ($0.name, $0.partitions) }) { first, _ in first })
        let missing = plan.topics.filter { topic in !existing.contains { $0.name == topic.name } }
        let outcomes = try create(missing, replicationFactor: replicationFactor)
        return plan.topics.map { topic in
            if let actual = existing.first(where: { $0.name == topic.name }) {
                return Self.checked(topic, actual)
            }
            return Self.created(topic, outcomes.first { $0.name == topic.name })
        }
    }

    private func create(
        _ topics: [TopicPlan.Topic], replicationFactor: Int
    ) throws(KafkaError) -> [TopicOutcome] {
        guard !topics.isEmpty else { return [] }
        return try admin.create(
            topics.map { topic in
                TopicSpecification(
                    name: topic.name, partitions: topic.partitions,
                    replicationFactor: replicationFactor,
                    configuration: topic.policy.configuration)
            }, timeLimit: connection.timeLimit)
    }

    private static func checked(_ topic: TopicPlan.Topic, _ actual: TopicDescription) -> Result {
        let findings = TopicFinding.findings(topic, actual)
        return Result(
            topic: topic, word: findings.isEmpty ? "exists" : "differs", findings: findings)
    }

    private static func created(_ topic: TopicPlan.Topic, _ outcome: TopicOutcome?) -> Result {
        switch outcome?.result {
        case .done: return Result(topic: topic, word: "created")
        // Somebody else made it between the question and the answer.
        case .unchanged: return Result(topic: topic, word: "exists")
        case .failed(let error):
            let finding = TopicFinding(isFatal: true, message: "was not created: \(error.reason)")
            return Result(topic: topic, word: "failed", findings: [finding])
        case nil:
            let finding = TopicFinding(isFatal: true, message: "was not created: no answer")
            return Result(topic: topic, word: "failed", findings: [finding])
        }
    }

    /// The results as a table.
    static func sheet(_ results: [Result]) -> Sheet {
        var sheet = Sheet([
            .text("topic"), .number("partitions"), .text("policy"), .text("result"),
        ])
        for result in results {
            sheet.append([
                .text(result.topic.name), .number(Int64(result.topic.partitions)),
                .text(TopicPolicyText.text(result.topic.policy.configuration)),
                .text(result.word),
            ])
        }
        return sheet
    }
}
