import Events
import Kafka
import Logging
import ServiceKit

/// The way to a broker and the names of the topics on it.
struct Connection {
    let kafka: KafkaConfiguration
    let topics: TopicNames
    /// How long to wait for a broker that does not answer.
    let timeLimit: Duration

    /// Runs a body on a thread of its own and turns errors of Kafka into a line for people.
    func onThread<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        do {
            return try await onDedicatedThread(named: "cordon-kafka") { try body(self) }
        } catch let error as KafkaError {
            throw failure(error)
        }
    }

    /// A reader of topics; whoever makes it closes it.
    func reader() throws(KafkaError) -> KafkaReader {
        try KafkaReader(kafka, logger: Self.silentLogger)
    }

    /// A client that only keeps a group's offsets; whoever makes it closes it.
    func consumer(group: String) throws(KafkaError) -> KafkaConsumer {
        try KafkaConsumer(kafka, group: group, instance: nil, logger: Self.silentLogger)
    }

    /// A producer of transactions; whoever makes it closes it.
    func transactionalProducer(id: String) throws(KafkaError) -> TransactionalProducer {
        try TransactionalProducer(
            kafka,
            transactionalID: id,
            transactionTimeout: .seconds(10),
            logger: Self.silentLogger
        )
    }

    /// A client for topic administration; whoever makes it closes it.
    func admin() throws(KafkaError) -> KafkaAdmin {
        try KafkaAdmin(kafka, logger: Self.silentLogger)
    }

    /// All partitions of a topic.
    ///
    /// - Throws: ``ToolFailure`` when there is no such topic, and what Kafka throws.
    func partitions(of topic: String, _ reader: KafkaReader) throws -> [TopicPartition] {
        do throws(KafkaError) {
            let count = try reader.partitionCount(topic, timeLimit: timeLimit)
            return (0..<count).map { TopicPartition(topic: topic, partition: Int32($0)) }
        } catch {
            guard error.isUnknownTopic else { throw error }
            throw ToolFailure(
                "there is no topic \(topic) at \(kafka.bootstrapServers); "
                    + "`cordon topics create` makes the topics"
            )
        }
    }

    /// What an error of Kafka means to the person who runs the tool.
    func failure(_ error: KafkaError) -> ToolFailure {
        let brokers = kafka.bootstrapServers
        if error.isUnreachable || error.isTimeout {
            let reason = error.reason.contains(brokers) ? "" : "no answer from \(brokers): "
            return ToolFailure(reason + error.reason)
        }
        return ToolFailure("the broker at \(brokers) refused: \(error)")
    }

    /// Errors come back from the calls; librdkafka's own lines would only repeat them.
    private static let silentLogger = Logger(label: "cordon") { _ in SwiftLogNoOpLogHandler() }
}
