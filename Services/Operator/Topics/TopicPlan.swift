import Events
import Kafka

/// The topics of the contract: how many partitions each has, and what becomes of its old records.
struct TopicPlan {
    /// What a topic is for, as far as its policy goes.
    enum Policy: Equatable {
        /// Events on their way in: the cluster's own retention.
        case input
        /// The latest record of each key is kept for ever.
        case compacted
        /// Evidence: kept for ten years, whatever its size.
        case evidence
        /// History that is never removed.
        case history
    }

    /// One topic.
    struct Topic: Equatable {
        let name: String
        let partitions: Int
        let policy: Policy
        /// The topic whose partition numbers this one repeats.
        var partitionsOf: String?
    }

    let topics: [Topic]

    /// Plans all topics.
    ///
    /// - Parameters:
    ///   - partitions: of the inputs and the outputs.
    ///   - existing: partitions of the topics that are there already; a journal follows its input
    ///     also when somebody made the input with another number.
    init(_ names: TopicNames, partitions: Int, existing: [String: Int] = [:]) {
        func journal(_ input: InputTopic) -> Topic {
            Topic(
                name: names.journal(input),
                partitions: existing[names.input(input)] ?? partitions, policy: .evidence,
                partitionsOf: names.input(input))
        }
        topics = [
            Topic(name: names.appstoreEvents, partitions: partitions, policy: .input),
            Topic(name: names.paymentTransactions, partitions: partitions, policy: .input),
            Topic(name: names.flaggedTransactions, partitions: partitions, policy: .evidence),
            Topic(name: names.downloadCounts, partitions: partitions, policy: .compacted),
            journal(.appstoreEvents),
            journal(.paymentTransactions),
            Topic(name: names.banRules, partitions: 1, policy: .history),
            Topic(name: names.deadLetters, partitions: partitions, policy: .evidence),
        ]
    }
}

extension TopicPlan.Policy {
    /// Ten years of 365.25 days, in milliseconds.
    static let evidenceRetention = "315576000000"

    /// The topic's configuration on a broker.
    var configuration: [String: String] {
        switch self {
        case .input: ["cleanup.policy": "delete"]
        case .compacted: ["cleanup.policy": "compact"]
        case .evidence:
            [
                "cleanup.policy": "delete", "retention.ms": Self.evidenceRetention,
                "retention.bytes": "-1",
            ]
        case .history:
            ["cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"]
        }
    }
}
