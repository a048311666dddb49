/// A topic to create.
public struct TopicSpecification: Sendable, Hashable {
    /// The topic's name.
    public var name: String
    /// How many partitions, from 1.
    public var partitions: Int
    /// How many copies of each partition; -1 leaves it to the broker (Kafka 2.4 and later).
    public var replicationFactor: Int
    /// Topic configuration, such as `cleanup.policy`.
    public var configuration: [String: String]

    /// Describes a topic to create.
    public init(
        name: String,
        partitions: Int,
        replicationFactor: Int = -1,
        configuration: [String: String] = [:]
    ) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configuration = configuration
    }
}

/// What became of one topic that was to be created or deleted.
public struct TopicOutcome: Sendable, Hashable {
    /// The three ways it can end.
    public enum Result: Sendable, Hashable {
        /// It was done.
        case done
        /// There was nothing to do: it exists already, or was not there to delete.
        case unchanged
        /// The broker refused.
        case failed(KafkaError)
    }

    /// The topic's name.
    public var name: String
    /// How it ended.
    public var result: Result
}

/// A topic as the broker describes it.
public struct TopicDescription: Sendable, Hashable {
    /// The topic's name.
    public var name: String
    /// How many partitions it has; 0 when the topic does not exist.
    public var partitions: Int
    /// Copies of partition 0; 0 when the topic does not exist.
    public var replicationFactor: Int
    /// Its configuration, or nil when the broker does not say.
    public var configuration: [String: String]?

    /// Whether the broker knows the topic.
    public var exists: Bool { partitions > 0 }
}
