import Events
import Kafka
import Synchronization

@testable import Ingest

/// A sink at the door's own seam: keeps what it is given, or fails as it is told.
final class RecordingSink: EventSink {
    struct Record: Sendable, Equatable {
        var topic: InputTopic
        var key: String
        var value: String
        var headers: RecordHeaders
    }

    private struct State {
        var records: [Record] = []
        var reachability: KafkaError?
        var failure: KafkaError?
        var room = Int.max
    }

    private let state = Mutex(State())

    static let away = KafkaError(
        code: -195,
        name: "_TRANSPORT",
        operation: "look up",
        reason: "no answer from broker-1"
    )

    var records: [Record] { state.withLock { $0.records } }

    /// From now on lookups fail.
    func breakReachability(_ error: KafkaError?) { state.withLock { $0.reachability = error } }

    /// From now on every record is queued and then not acknowledged.
    func failDelivery(_ error: KafkaError) { state.withLock { $0.failure = error } }

    /// From now on the queue takes so many records.
    func limit(to room: Int) { state.withLock { $0.room = room } }

    func makeBatch(expecting count: Int) -> any EventBatch { Batch(self) }

    func checkReachable(timeLimit: Duration) async throws(KafkaError) {
        if let error = state.withLock({ $0.reachability }) { throw error }
    }

    private final class Batch: EventBatch {
        private let sink: RecordingSink
        private var queued = 0

        init(_ sink: RecordingSink) { self.sink = sink }

        func append(
            topic: InputTopic,
            key: RawSpan,
            value: RawSpan,
            headers: RecordHeaders
        ) -> AppendResult {
            let record = Record(
                topic: topic,
                key: Self.text(key),
                value: Self.text(value),
                headers: headers
            )
            let isTaken = sink.state.withLock { state in
                guard state.room > 0 else { return false }
                state.room -= 1
                state.records.append(record)
                return true
            }
            guard isTaken else { return .queueFull }
            queued += 1
            return .queued
        }

        func outcome() async -> SendFailure? {
            guard queued > 0, let error = sink.state.withLock({ $0.failure }) else { return nil }
            return SendFailure(count: queued, error: error)
        }

        private static func text(_ bytes: RawSpan) -> String {
            unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }
}
