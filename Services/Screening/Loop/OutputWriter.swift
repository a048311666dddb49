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
    private var ranges: [KeyedRange] = []

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

    /// Begins a transaction.
    func begin() throws(KafkaError) {
        try producer.begin()
        begunAt = .now
    }

    /// Sends records within the transaction, or throws and leaves it to ``abort()``.
    func send(_ output: borrowing OutputBuffer) throws(KafkaError) {
        let bytes = output.bytes
        var start = 0
        while start < output.records.count {
            let record = output.records[start]
            guard record.topic == .downloadCounts else {
                try send(record, with: output.headers(of: record), from: bytes)
                start += 1
                continue
            }
            // Nearly everything that is written: counts, which come in long stretches.
            let end =
                output.records[start...].firstIndex { $0.topic != .downloadCounts }
                ?? output.records.count
            ranges.removeAll(keepingCapacity: true)
            for record in output.records[start..<end] {
                if let key = record.key, let value = record.value {
                    ranges.append(KeyedRange(key: key, value: value))
                }
            }
            unsafe try producer.send(topics[record.topic.rawValue], ranges, in: bytes.span.bytes)
            start = end
        }
    }

    /// Moves the group's offsets and ends the transaction, or throws and leaves it to ``abort()``.
    func commit(
        moving partitions: [InputPartition],
        of consumer: KafkaConsumer
    ) throws(KafkaError) {
        try producer.commit(
            offsets: partitions.map { ($0.place, $0.state.next) },
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

    private func send(
        _ record: OutputBuffer.Record,
        with list: [OutputHeader],
        from bytes: [UInt8]
    ) throws(KafkaError) {
        let span = unsafe bytes.span.bytes
        // An optional span cannot be mapped: spans do not escape.
        var key: RawSpan?
        if let range = record.key { key = span.extracting(range) }
        var value: RawSpan?
        if let range = record.value { value = span.extracting(range) }
        var headers: RecordHeaders?
        if !list.isEmpty {
            var own = RecordHeaders()
            for header in list { own.append(header.name, header.value) }
            headers = own
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
