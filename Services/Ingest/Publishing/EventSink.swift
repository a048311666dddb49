import Events
import Kafka

/// Where accepted events go: all that the doors know of Kafka.
protocol EventSink: Sendable {
    /// A batch for about `count` events.
    func makeBatch(expecting count: Int) -> any EventBatch

    /// Throws unless both topics are there and can be written to.
    func checkReachable(timeLimit: Duration) async throws(KafkaError)
}

/// Events sent together; one task fills it, then awaits the outcome once.
protocol EventBatch: AnyObject {
    /// Queues a copy of one event without waiting.
    func append(
        topic: InputTopic,
        key: RawSpan,
        value: RawSpan,
        headers: RecordHeaders
    ) -> AppendResult

    /// Waits until every queued event is acknowledged or failed; nil when all are acknowledged.
    func outcome() async -> SendFailure?
}

/// Events that were queued and then not acknowledged.
struct SendFailure: Error, Equatable {
    /// How many.
    var count: Int
    /// Why the first one was not.
    var error: KafkaError
}

extension KafkaError {
    /// Why events cannot be written, and the cure where there is a plain one.
    var sinkProblem: String {
        isUnknownTopic
            ? "\(operation): there is no such topic; `cordon topics create` makes it" : reason
    }
}
