import Events
import Testing

@testable import Kafka
@testable import Operator

@Suite struct TopicPlanTests {
    private let names = TopicNames(prefix: "x.")

    private func description(
        of topic: TopicPlan.Topic,
        partitions: Int? = nil,
        _ changes: [String: String] = [:]
    ) -> TopicDescription {
        var description = TopicDescription(
            name: topic.name,
            partitions: partitions ?? topic.partitions,
            replicationFactor: 1
        )
        description.configuration = topic.policy.configuration.merging(changes) { _, new in new }
        return description
    }

    @Test func `every topic of the contract is planned under the prefix`() {
        #expect(TopicPlan(names).topics.map(\.name) == names.all)
    }

    @Test func `journals have the partitions of their inputs, ban-rules has one`() {
        let plan = TopicPlan(names, partitions: 12)
        #expect(plan.topics.map(\.partitions) == [12, 12, 12, 12, 12, 12, 1, 12])
    }

    @Test func `a journal follows an input that exists with another number`() {
        let plan = TopicPlan(names, partitions: 4, existing: ["x.payment-transactions": 9])
        #expect(plan.topics.map(\.partitions) == [4, 4, 4, 4, 4, 9, 1, 4])
    }

    @Test func `without a wish what exists is right`() {
        let plan = TopicPlan(names, existing: ["x.appstore-events": 6, "x.dead-letters": 2])
        #expect(plan.topics.map(\.partitions) == [6, 4, 4, 4, 6, 4, 1, 2])
    }

    @Test func `only counts are compacted and no evidence is lost by size`() {
        for topic in TopicPlan(names).topics {
            let configuration = topic.policy.configuration
            let isCounts = topic.name == names.downloadCounts
            #expect(configuration["cleanup.policy"] == (isCounts ? "compact" : "delete"))
            if topic.policy == .evidence { #expect(configuration["retention.bytes"] == "-1") }
        }
        #expect(TopicPlan.Policy.history.configuration["retention.ms"] == "-1")
    }

    @Test func `a topic as planned gives no finding`() {
        for topic in TopicPlan(names).topics {
            #expect(TopicFinding.findings(topic, description(of: topic)) == [])
        }
    }

    @Test func `a journal with other partitions than its input is fatal, an output is not`() throws
    {
        let topics = TopicPlan(names).topics
        let fatal = topics.map { topic in
            TopicFinding.findings(topic, description(of: topic, partitions: 7))
                .contains(where: \.isFatal)
        }
        #expect(fatal == [false, false, false, false, true, true, true, false])
    }

    @Test func `a policy that differs is said, in whatever order its words stand`() throws {
        let counts = try #require(
            TopicPlan(names).topics.first { $0.name == names.downloadCounts }
        )
        let plain = description(of: counts, ["cleanup.policy": "delete"])
        #expect(
            TopicFinding.findings(counts, plain).map(\.message) == [
                "cleanup.policy is delete, planned compact"
            ]
        )
        let flags = try #require(
            TopicPlan(names).topics.first { $0.name == names.flaggedTransactions }
        )
        let short = description(of: flags, ["retention.ms": "604800000"])
        #expect(TopicFinding.findings(flags, short).map(\.isFatal) == [false])
    }

    @Test func `a broker that says nothing of its policies is no failure`() throws {
        let topic = try #require(TopicPlan(names).topics.first)
        var silent = description(of: topic)
        silent.configuration = nil
        #expect(TopicFinding.findings(topic, silent).map(\.isFatal) == [false])
    }

    @Test(arguments: [
        ([:], "unknown"), (["cleanup.policy": "compact", "retention.ms": "1"], "compact"),
        (["cleanup.policy": "delete"], "delete"),
        (["cleanup.policy": "delete", "retention.ms": "-1"], "delete, kept for ever"),
        (["cleanup.policy": "delete", "retention.ms": "604800000"], "delete, kept 7 days"),
        (["cleanup.policy": "delete", "retention.ms": "7200000"], "delete, kept 2 h"),
        (["cleanup.policy": "delete", "retention.ms": "315576000000"], "delete, kept 10 years"),
    ])
    func `a policy is told in a few words`(configuration: [String: String], expected: String) {
        #expect(TopicPolicyText.text(configuration) == expected)
    }

    @Test func `a topic that is missing is listed as missing`() {
        var there = TopicDescription(name: "a", partitions: 2, replicationFactor: 3)
        there.configuration = ["cleanup.policy": "compact"]
        let missing = TopicDescription(name: "b", partitions: 0, replicationFactor: 0)
        let inventory = TopicInventory(entries: [
            .init(topic: there, offsets: 1_500), .init(topic: missing, offsets: nil),
        ])
        #expect(
            inventory.sheet.table == """
                TOPIC  PARTITIONS  COPIES  POLICY   RECORDS
                a               2       3  compact    1,500
                b                          missing

                """
        )
    }
}
