import Kafka
import Logging
import Testing

/// Asks again until the condition holds; records an issue and returns false when time runs out.
///
/// Most conditions poll, and a poll waits by itself, so that nothing here has to sleep.
@discardableResult
func waitUntil(
    _ what: String,
    within limit: Duration = .seconds(15),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) rethrows -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try condition() { return true }
    }
    Issue.record("\(what): not within \(limit)", sourceLocation: sourceLocation)
    return false
}

/// A logger that says nothing.
let silent = Logger(label: "tests", factory: { _ in SwiftLogNoOpLogHandler() })

/// The bytes of a span as text, for comparing.
func text(_ span: RawSpan) -> String {
    span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
}

extension TransactionalProducer {
    /// Sends texts.
    func send(_ topic: ProducerTopic, partition: Int32? = 0, key: String?, value: String?)
        throws(KafkaError)
    {
        let keyBytes = key.map { Array($0.utf8) }
        let valueBytes = value.map { Array($0.utf8) }
        try send(
            topic,
            partition: partition,
            key: keyBytes?.span.bytes,
            value: valueBytes?.span.bytes
        )
    }
}

extension SendBatch {
    /// Appends texts.
    func append(topic: String, key: String? = nil, value: String?) -> AppendResult {
        let keyBytes = key.map { Array($0.utf8) }
        let valueBytes = value.map { Array($0.utf8) }
        return append(topic: topic, key: keyBytes?.span.bytes, value: valueBytes?.span.bytes)
    }
}

/// Fills a topic's partition and waits until everything is there.
func fill(
    _ cluster: MockCluster,
    topic: String,
    keys: [String] = [""],
    count: Int
) async throws {
    let producer = try KafkaProducer(cluster.configuration(), logger: silent)
    let batch = producer.makeBatch(expecting: count)
    for number in 0..<count {
        let key = keys[number % keys.count]
        #expect(batch.append(topic: topic, key: key, value: "value \(number)") == .queued)
    }
    #expect(await batch.outcome().isEmpty)
    await producer.close(timeLimit: .seconds(5))
}
