import CRDKafka
import Logging
import Synchronization

/// One librdkafka client; destroyed when the last owner lets go, or earlier by `end`.
///
/// Batches hold it too, because messages must die before it. No callback holds it, so that it is
/// never destroyed on a thread of librdkafka, which would wait for itself.
final class NativeClient: @unchecked Sendable {  // librdkafka's calls are safe from any thread
    let pointer: OpaquePointer
    let context: ClientContext
    let spareEntries = SpareEntries()
    private let ended = Atomic<Bool>(false)

    var ledger: NativeLedger { context.ledger }

    /// Once for the process; while hundreds of megabytes come in, it saves a tenth of the processor
    /// time.
    private static let widenAllocation: Void = cordon_widen_allocation()

    /// Takes the configuration over; `prepare` sets the callbacks of one kind of client.
    init(
        _ kind: rd_kafka_type_t,
        _ settings: ClientSettings,
        logger: Logger,
        prepare: (OpaquePointer) -> Void = { _ in }
    ) throws(KafkaError) {
        // Before its threads begin, each of which takes memory of its own.
        _ = Self.widenAllocation
        var native = NativeConfiguration()
        for (name, value) in settings.properties { try native.set(name, value) }
        let context = ClientContext(logger: logger, servers: settings.servers)
        let retained = Unmanaged.passRetained(context)
        rd_kafka_conf_set_opaque(native.pointer, retained.toOpaque())
        rd_kafka_conf_set_log_cb(native.pointer, onLog)
        rd_kafka_conf_set_error_cb(native.pointer, onError)
        prepare(native.pointer)
        let (client, problem) = withErrorText { rd_kafka_new(kind, native.pointer, $0, $1) }
        guard let client else {
            retained.release()
            throw .configuration(problem)
        }
        _ = native.take()
        pointer = client
        self.context = context
        context.ledger.add(1, .client)
        if kind == RD_KAFKA_CONSUMER { _ = rd_kafka_poll_set_consumer(client) }
    }

    deinit { end() }

    /// Destroys the client now, once; nobody may use it any more.
    func end() {
        guard !ended.exchange(true, ordering: .acquiringAndReleasing) else { return }
        rd_kafka_destroy(pointer)
        context.ledger.add(-1, .client)
        // Only now can no callback come any more.
        Unmanaged.passUnretained(context).release()
    }

    /// Adds to an error of a failed wait which brokers were asked and what went wrong with them.
    func explain(_ error: KafkaError, within limit: Duration? = nil) -> KafkaError {
        let words: String
        switch rd_kafka_resp_err_t(rawValue: error.code) {
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__RESOLVE,
            RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__TIMED_OUT,
            RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
            words = "no answer from"
        case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT: words = "not acknowledged in time by"
        default: return error
        }
        var explained = error
        let time = limit.map { " within \($0)" } ?? ""
        let cause = context.recentFailure.map { ": \($0)" } ?? ""
        explained.reason = "\(words) \(context.servers)\(time)\(cause)"
        return explained
    }

    /// Waits before a call is tried again; serves nothing, so that no record is taken meanwhile.
    func pause(_ milliseconds: Int32) {
        guard let queue = rd_kafka_queue_new(pointer) else { return }
        defer { rd_kafka_queue_destroy(queue) }
        if let event = rd_kafka_queue_poll(queue, milliseconds) { rd_kafka_event_destroy(event) }
    }

    /// The fault that ended the client for good, or nil.
    func unrecoverableError(_ operation: String) -> KafkaError? {
        var code = RD_KAFKA_RESP_ERR_NO_ERROR
        let (_, text) = withErrorText { buffer, size in
            code = rd_kafka_fatal_error(pointer, buffer, size)
        }
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return KafkaError(code, operation: operation, reason: text, isFatal: true)
    }

    /// Throws what a call returned; a bare "fatal" is replaced by the fault behind it.
    func check(
        _ code: rd_kafka_resp_err_t,
        _ operation: String,
        within limit: Duration? = nil
    ) throws(KafkaError) {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        if code == RD_KAFKA_RESP_ERR__FATAL, let fatal = unrecoverableError(operation) {
            throw fatal
        }
        throw explain(KafkaError(code, operation: operation), within: limit)
    }
}
