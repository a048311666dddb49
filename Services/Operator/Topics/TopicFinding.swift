import Kafka

/// Something about an existing topic that is not as planned.
struct TopicFinding: Equatable {
    /// Whether the services cannot work so, and the command fails.
    let isFatal: Bool
    /// In words, without the topic's name.
    let message: String

    /// Compares an existing topic with the plan.
    static func findings(
        _ topic: TopicPlan.Topic,
        _ actual: TopicDescription
    ) -> [TopicFinding] {
        var findings: [TopicFinding] = []
        if actual.partitions != topic.partitions {
            findings.append(partitions(topic, actual.partitions))
        }
        guard let configuration = actual.configuration else {
            findings.append(
                TopicFinding(isFatal: false, message: "the broker does not say its policy")
            )
            return findings
        }
        for (name, wanted) in topic.policy.configuration.sorted(by: { $0.key < $1.key }) {
            guard let value = configuration[name], !isEqual(name, value, wanted) else { continue }
            findings.append(
                TopicFinding(isFatal: false, message: "\(name) is \(value), planned \(wanted)")
            )
        }
        return findings
    }

    private static func partitions(_ topic: TopicPlan.Topic, _ actual: Int) -> TopicFinding {
        guard let input = topic.partitionsOf else {
            return TopicFinding(
                isFatal: topic.policy == .history,
                message: "has \(actual) partitions, planned \(topic.partitions)"
            )
        }
        return TopicFinding(
            isFatal: true,
            message: "has \(actual) partitions and \(input) has \(topic.partitions): a journal "
                + "repeats the partitions of its input"
        )
    }

    /// `compact,delete` and `delete,compact` are one policy.
    private static func isEqual(_ name: String, _ left: String, _ right: String) -> Bool {
        guard name == "cleanup.policy" else { return left == right }
        func words(_ text: String) -> Set<String> {
            Set(text.split(separator: ",").map { $0.filter { $0 != " " } })
        }
        return words(left) == words(right)
    }
}
