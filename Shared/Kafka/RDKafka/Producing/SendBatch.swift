import CRDKafka

/// What became of one record given to a batch.
public enum AppendResult: Sendable, Hashable {
    /// It is in the queue.
    case queued
    /// The queue is full; nothing was taken, and it may be tried again.
    case queueFull
    /// It was refused, e.g. for its size; `isRetriable` says whether a later try makes sense.
    case failed(KafkaError)
}

/// A record of a batch that was queued and then failed.
public struct FailedRecord: Sendable, Hashable {
    /// Its position among the queued records of its batch, from 0.
    public var index: Int
    /// Why; after a timeout it may have been written all the same.
    public var error: KafkaError
}

/// Records sent together and awaited together; one task fills it, then awaits the outcome.
///
/// May be dropped at any time: what is queued is sent all the same.
public final class SendBatch {
    private let engine: DeliveryEngine
    private let state: SendBatchState
    private var isSealed = false
    /// The engine's handle; good only between `enter` and `leave`.
    private var lastTopic: OpaquePointer?
    private var lastTopicName: String?

    init(_ engine: DeliveryEngine, expecting count: Int) {
        self.engine = engine
        state = SendBatchState(expecting: count, context: engine.context)
    }

    deinit {
        if !isSealed { state.seal() }
    }

    /// How many records were queued.
    public var queuedCount: Int { state.queuedCount }

    /// Queues a copy of one record without waiting; not after `outcome`.
    public func append(
        topic: String,
        key: RawSpan?,
        value: RawSpan?,
        headers: RecordHeaders? = nil
    ) -> AppendResult {
        precondition(!isSealed, "the outcome of the batch was asked for already")
        // Close waits for whoever is inside, so that the client stays alive meanwhile.
        guard engine.enter() else { return .failed(.closed("send")) }
        defer { engine.leave() }
        do {
            return append(try handle(of: topic), key, value, headers)
        } catch {
            return .failed(error)
        }
    }

    private func append(
        _ topic: OpaquePointer,
        _ key: RawSpan?,
        _ value: RawSpan?,
        _ headers: RecordHeaders?
    ) -> AppendResult {
        guard let slot = state.reserve() else { return .queueFull }
        let code = NativeRecord.produce(
            engine.client,
            topic,
            partition: NativeRecord.anyPartition,
            key: key,
            value: value,
            with: .init(headers: headers, opaque: UnsafeMutableRawPointer(slot))
        )
        switch code {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            return .queued
        case RD_KAFKA_RESP_ERR__QUEUE_FULL:
            state.withdraw()
            return .queueFull
        default:
            state.withdraw()
            return .failed(
                engine.client.unrecoverableError("send")
                    ?? KafkaError(code, operation: "send")
            )
        }
    }

    /// Most batches go to one topic: comparing beats looking up.
    private func handle(of name: String) throws(KafkaError) -> OpaquePointer {
        if let lastTopic, lastTopicName == name { return lastTopic }
        let topic = try engine.topic(name).pointer
        (lastTopic, lastTopicName) = (topic, name)
        return topic
    }

    /// Waits until every queued record is acknowledged or failed; empty: all acknowledged.
    ///
    /// Ends after `message.timeout.ms` at the latest, or when the producer is closed; cancelling
    /// the task does not shorten it, since the records are under way. May be asked again.
    public func outcome() async -> [FailedRecord] {
        if !isSealed {
            isSealed = true
            state.seal()
        }
        await state.wait()
        return state.failures { engine.deliveryError($0) }
    }
}
