import Events
import Kafka

/// Brings the topics of a cluster up to a plan, touching none that exists.
struct TopicCreation {
    /// What became of one topic.
    struct Result: Sendable {
        let topic: TopicPlan.Topic
        let word: String
        /// The topic as it was before; nil for one that was missing.
        var actual: TopicDescription?
        var findings: [TopicFinding] = []

        var isUsable: Bool { !findings.contains(where: \.isFatal) }
    }

    private let connection: Connection
    private let admin: KafkaAdmin

    /// Makes the client; nothing is sent yet.
    init(_ connection: Connection) throws(KafkaError) {
        self.connection = connection
        admin = try connection.admin()
    }

    /// Creates and checks; blocks its thread.
    func run(partitions: Int?, replicationFactor: Int) throws -> [Result] {
        let described = try admin.describe(
            topics: connection.topics.all,
            timeLimit: connection.timeLimit
        )
        let existing = described.filter(\.exists)
        let plan = TopicPlan(
            connection.topics,
            partitions: partitions,
            existing: Dictionary(existing.map { ($0.name, $0.partitions) }) { first, _ in first }
        )
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
        _ topics: [TopicPlan.Topic],
        replicationFactor: Int
    ) throws(KafkaError) -> [TopicOutcome] {
        guard !topics.isEmpty else { return [] }
        return try admin.create(
            topics.map { topic in
                TopicSpecification(
                    name: topic.name,
                    partitions: topic.partitions,
                    replicationFactor: replicationFactor,
                    configuration: topic.policy.configuration
                )
            },
            timeLimit: connection.timeLimit
        )
    }

    private static func checked(_ topic: TopicPlan.Topic, _ actual: TopicDescription) -> Result {
        let findings = TopicFinding.findings(topic, actual)
        return Result(
            topic: topic,
            word: findings.isEmpty ? "exists" : "differs",
            actual: actual,
            findings: findings
        )
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
            let configuration = result.topic.policy.configuration
            sheet.append([
                .text(result.topic.name),
                .number(Int64(result.actual?.partitions ?? result.topic.partitions)),
                .text(TopicPolicyText.text(result.actual?.configuration ?? configuration)),
                .text(result.word),
            ])
        }
        return sheet
    }
}
