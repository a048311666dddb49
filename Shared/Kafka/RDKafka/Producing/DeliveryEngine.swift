import CRDKafka
import Logging
import Synchronization

/// One client of a producer and the thread that takes its delivery reports.
///
/// The thread ends by `close` alone and then destroys the client. Whoever uses the client stands
/// between `enter` and `leave`; the thread waits until all have left.
final class DeliveryEngine: Sendable {
    let client: NativeClient
    private let phase = Mutex(Phase())
    private let topics = Mutex<[String: NativeTopic]>([:])
    private let configuration: KafkaConfiguration
    /// Made at the first question about topics.
    private let lookup = Mutex<NativeClient?>(nil)
    private let isOpen = Atomic<Bool>(true)
    private let inside = Atomic<Int>(0)

    private struct Phase {
        var flushes: [Flush] = []
        var closeLimit: Duration?
        var closeWaiters: [UnsafeContinuation<Void, Never>] = []
        var hasEnded = false
        /// The thread's queue, to wake it; nil once it has ended.
        var queue: UInt?
    }

    private struct Flush {
        let deadline: Deadline
        let continuation: UnsafeContinuation<Bool, Never>
    }

    var context: ClientContext { client.context }

    init(_ configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        self.configuration = configuration
        var defaults = ClientSettings.producerDefaults
        // Bounds the memory of what waits for the broker; beyond it the queue is full.
        defaults["queue.buffering.max.kbytes"] = "262144"
        // Records come in batches already; waiting longer only delays the answer.
        defaults["linger.ms"] = "1"
        let settings = ClientSettings(
            configuration,
            defaults: defaults,
            guarded: ClientSettings.producerGuards
        )
        client = try NativeClient(RD_KAFKA_PRODUCER, settings, logger: logger) { native in
            rd_kafka_conf_set_dr_msg_cb(native, onDelivery)
        }
        guard NativeThread.start({ self.run() }) else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE,
                operation: "start producer",
                reason: "no thread could be started"
            )
        }
    }

    // MARK: - Users of the client

    /// False once closing has begun; else `leave` must follow.
    func enter() -> Bool {
        // First count, then ask: the thread first closes, then counts.
        inside.add(1, ordering: .sequentiallyConsistent)
        if isOpen.load(ordering: .sequentiallyConsistent) { return true }
        leave()
        return false
    }

    func leave() { inside.subtract(1, ordering: .sequentiallyConsistent) }

    /// The handle of a topic, made at first use.
    ///
    /// Call between `enter` and `leave`.
    func topic(_ name: String) throws(KafkaError) -> NativeTopic {
        if let known = topics.withLock({ $0[name] }) { return known }
        let made = try NativeTopic(name, of: client)
        return topics.withLock { topics in
            // Two tasks may have made it at once; both handles are good, one is kept.
            if let known = topics[name] { return known }
            topics[name] = made
            return made
        }
    }

    /// A client to ask about topics with.
    ///
    /// Call between `enter` and `leave`.
    func lookupClient() throws(KafkaError) -> NativeClient {
        try lookup.withLock { (lookup) throws(KafkaError) in
            if let lookup { return lookup }
            let made = try NativeClient(
                RD_KAFKA_CONSUMER,
                ClientSettings(lookup: configuration),
                logger: context.logger
            )
            lookup = made
            return made
        }
    }

    /// A delivery report's code in words.
    func deliveryError(_ code: rd_kafka_resp_err_t) -> KafkaError {
        client.explain(KafkaError(code, operation: "deliver"))
    }

    func flush(timeLimit: Duration) async -> Bool {
        await withUnsafeContinuation { continuation in
            let flush = Flush(deadline: Deadline(after: timeLimit), continuation: continuation)
            let isQueued = phase.withLock { phase in
                guard !phase.hasEnded else { return false }
                phase.flushes.append(flush)
                Self.wake(phase.queue)
                return true
            }
            if !isQueued { continuation.resume(returning: true) }
        }
    }

    func close(timeLimit: Duration) async {
        await withUnsafeContinuation { continuation in
            let isQueued = requestClose(timeLimit: timeLimit, continuation)
            if !isQueued { continuation.resume() }
        }
    }

    /// Asks the thread to end; false when it has already.
    ///
    /// Of several limits the first counts.
    @discardableResult
    func requestClose(
        timeLimit: Duration,
        _ continuation: UnsafeContinuation<Void, Never>? = nil
    ) -> Bool {
        isOpen.store(false, ordering: .sequentiallyConsistent)
        return phase.withLock { phase in
            guard !phase.hasEnded else { return false }
            phase.closeLimit = phase.closeLimit ?? timeLimit
            if let continuation { phase.closeWaiters.append(continuation) }
            Self.wake(phase.queue)
            return true
        }
    }

    private static func wake(_ queue: UInt?) {
        guard let queue, let pointer = OpaquePointer(bitPattern: queue) else { return }
        rd_kafka_queue_yield(pointer)
    }

    // MARK: - The thread

    private func run() {
        guard let queue = rd_kafka_queue_get_main(client.pointer) else {
            preconditionFailure("a client has a main queue")
        }
        phase.withLock { $0.queue = UInt(bitPattern: queue) }
        while true {
            let (closeLimit, isWaitedFor) = phase.withLock {
                ($0.closeLimit, !$0.flushes.isEmpty)
            }
            if let closeLimit {
                drain(queue, within: closeLimit)
                break
            }
            _ = rd_kafka_queue_poll_callback(queue, isWaitedFor ? 5 : 1000)
            if isWaitedFor { answerFlushes() }
        }
        end(queue)
    }

    private func answerFlushes() {
        let isEmpty = rd_kafka_outq_len(client.pointer) == 0
        let answered = phase.withLock { phase in
            let answered = phase.flushes.filter { isEmpty || $0.deadline.hasPassed }
            phase.flushes.removeAll { isEmpty || $0.deadline.hasPassed }
            return answered
        }
        for flush in answered { flush.continuation.resume(returning: isEmpty) }
    }

    /// Flush, purge, flush: after this no record is without its report.
    private func drain(_ queue: OpaquePointer, within limit: Duration) {
        _ = rd_kafka_flush(client.pointer, limit.wholeMilliseconds)
        while rd_kafka_outq_len(client.pointer) > 0
            || inside.load(ordering: .sequentiallyConsistent) > 0
        {
            _ = rd_kafka_purge(
                client.pointer,
                RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT
            )
            _ = rd_kafka_queue_poll_callback(queue, 5)
        }
    }

    private func end(_ queue: OpaquePointer) {
        answerFlushes()
        let (flushes, waiters) = phase.withLock { phase in
            phase.hasEnded = true
            phase.queue = nil
            defer { (phase.flushes, phase.closeWaiters) = ([], []) }
            return (phase.flushes, phase.closeWaiters)
        }
        rd_kafka_queue_destroy(queue)
        topics.withLock { $0 = [:] }
        lookup.withLock { $0 = nil }
        client.end()
        for flush in flushes { flush.continuation.resume(returning: false) }
        for waiter in waiters { waiter.resume() }
    }
}
