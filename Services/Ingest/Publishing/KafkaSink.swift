import Events
import Kafka
import Logging
import ServiceLifecycle

/// Events to Kafka, acknowledged by all replicas in sync.
///
/// Owns the producer, which replaces its own client when that one has failed for good.
final class KafkaSink: EventSink, Service {
    private let producer: KafkaProducer
    private let closeLimit: Duration
    /// Full names by the raw value of the topic.
    private let topics: [String]

    /// - Parameter closeLimit: how long the last events may take when the service stops.
    init(
        _ configuration: KafkaConfiguration,
        topics: TopicNames,
        closeLimit: Duration,
        logger: Logger
    ) throws(KafkaError) {
        self.closeLimit = closeLimit
        self.topics = InputTopic.allCases.map(topics.input)
        producer = try KafkaProducer(configuration, logger: logger)
    }

    /// Waits for the stop, then sends out what is queued and ends the producer.
    func run() async throws {
        try? await gracefulShutdown()
        await close()
    }

    func makeBatch(expecting count: Int) -> any EventBatch {
        KafkaBatch(batch: producer.makeBatch(expecting: count), topics: topics)
    }

    func checkReachable(timeLimit: Duration) async throws(KafkaError) {
        try await producer.checkReachable(topics: topics, timeLimit: timeLimit)
    }

    /// Sends out what is queued, within the limit, and ends the producer.
    func close() async {
        await producer.close(timeLimit: closeLimit)
    }
}

/// A batch of the producer's.
private final class KafkaBatch: EventBatch {
    private let batch: SendBatch
    private let topics: [String]

    init(batch: SendBatch, topics: [String]) {
        self.batch = batch
        self.topics = topics
    }

    func append(
        topic: InputTopic,
        key: RawSpan,
        value: RawSpan,
        headers: RecordHeaders
    ) -> AppendResult {
        batch.append(
            topic: topics[Int(topic.rawValue)],
            key: key,
            value: value,
            headers: headers
        )
    }

    func outcome() async -> SendFailure? {
        let failed = await batch.outcome()
        return failed.first.map { SendFailure(count: failed.count, error: $0.error) }
    }
}
