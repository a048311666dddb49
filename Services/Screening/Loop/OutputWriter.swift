import Events
import Kafka
import Logging
import Pipeline
import ServiceKit

/// Writes a batch's output and the input offsets in one transaction.
///
/// Belongs to one worker's thread.
final class OutputWriter {
    private let producer: TransactionalProducer
    private let topics: [ProducerTopic]
    private let timeLimit: Duration
    private let transactionTimeout: Duration
    private var begunAt: ContinuousClock.Instant?

    init(_ settings: ScreeningConfiguration, identity: WorkerIdentity, logger: Logger)
        throws(KafkaError)
    {
        producer = try TransactionalProducer(
            settings.kafka,
            transactionalID: identity.name,
            transactionTimeout: settings.transactionTimeout,
            logger: logger
        )
        var topics: [ProducerTopic] = []
        for topic in OutputTopic.allCases {
            topics.append(try producer.topic(topic.name(in: settings.topics)))
        }
        self.topics = topics
        timeLimit = settings.brokerTimeLimit
        transactionTimeout = settings.transactionTimeout
    }

    /// Whether the transaction in work has been open for so long that the broker ends it by itself:
    /// it then fences the producer just as if another one had taken its place.
    var hasOutlivedItsTime: Bool {
        begunAt.map { .now - $0 >= transactionTimeout } ?? false
    }

    /// Fences an earlier holder of the identity and ends its open transaction.
    ///
    /// Asks in short turns, so that a stop is heeded while the broker is away; returns without
    /// having done it only when asked to stop.
    func initialise(until stop: StopSignal) throws(KafkaError) {
        let end = ContinuousClock.now + timeLimit
        while !stop.isRequested {
            do throws(KafkaError) {
                return try producer.initialise(timeLimit: .seconds(1))
            } catch {
                guard error.isRetriable || error.isTimeout, .now < end else { throw error }
            }
        }
    }

    /// Writes everything and moves the group's offsets, or throws and leaves it to ``abort()``.
    func commit(
        _ output: borrowing OutputBuffer,
        moving partitions: [InputPartition],
        of consumer: KafkaConsumer
    ) throws(KafkaError) {
        try producer.begin()
        begunAt = .now
        let bytes = output.bytes
        for record in output.records { try send(record, from: bytes) }
        try producer.commit(
            offsets: partitions.map { ($0.place, $0.next) },
            group: consumer,
            timeLimit: timeLimit
        )
        begunAt = nil
    }

    /// Ends the transaction without effect.
    func abort() throws(KafkaError) {
        try producer.abort(timeLimit: timeLimit)
    }

    /// Closes the producer; an open transaction is left to the broker and the next `initialise`.
    func close() { producer.close() }

    private func send(_ record: OutputBuffer.Record, from bytes: [UInt8]) throws(KafkaError) {
        let span = unsafe bytes.span.bytes
        // An optional span cannot be mapped: spans do not escape.
        var key: RawSpan?
        if let range = record.key { key = span.extracting(range) }
        var value: RawSpan?
        if let range = record.value { value = span.extracting(range) }
        var headers: RecordHeaders?
        if !record.headers.isEmpty {
            var list = RecordHeaders()
            for header in record.headers { list.append(header.name, header.value) }
            headers = list
        }
        try producer.send(
            topics[record.topic.rawValue],
            partition: record.partition,
            key: key,
            value: value,
            headers: headers
        )
    }
}
