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

    /// How many partitions a topic gets when nobody says.
    static let defaultPartitions = 4

    /// Plans all topics.
    ///
    /// - Parameters:
    ///   - partitions: of the inputs and the outputs; nil takes what exists, else the default.
    ///   - existing: partitions of the topics that are there already; a journal follows its input
    ///     also when somebody made the input with another number.
    init(_ names: TopicNames, partitions: Int? = nil, existing: [String: Int] = [:]) {
        func topic(_ name: String, _ policy: Policy) -> Topic {
            let count = partitions ?? existing[name] ?? Self.defaultPartitions
            return Topic(name: name, partitions: count, policy: policy)
        }
        func journal(_ input: InputTopic) -> Topic {
            let name = names.input(input)
            let count = existing[name] ?? topic(name, .input).partitions
            return Topic(
                name: names.journal(input),
                partitions: count,
                policy: .evidence,
                partitionsOf: name
            )
        }
        topics = [
            topic(names.appstoreEvents, .input),
            topic(names.paymentTransactions, .input),
            topic(names.flaggedTransactions, .evidence),
            topic(names.downloadCounts, .compacted),
            journal(.appstoreEvents),
            journal(.paymentTransactions),
            Topic(name: names.banRules, partitions: 1, policy: .history),
            topic(names.deadLetters, .evidence),
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
