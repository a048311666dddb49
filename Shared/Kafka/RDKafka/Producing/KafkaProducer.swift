import CRDKafka
public import Logging
import Synchronization

/// An idempotent producer for many tasks at once.
///
/// `acks=all`, partitioner murmur2 with null keys at random (the Java client's), lz4 unless the
/// configuration says otherwise. Delivery reports are taken by a thread of its own. A client that
/// failed for good (the broker lost its state) is replaced at the next batch; the records under
/// way in it are reported as failed.
public final class KafkaProducer: Sendable {
    private let configuration: KafkaConfiguration
    private let logger: Logger
    private let current: Mutex<DeliveryEngine>
    private let isClosed = Atomic<Bool>(false)

    /// Makes the client and its thread; the broker need not be there yet.
    public init(_ configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        self.configuration = configuration
        self.logger = logger
        current = Mutex(try DeliveryEngine(configuration, logger: logger))
    }

    deinit {
        // Without `close` nothing is waited for; every outcome still ends.
        current.withLock { _ = $0.requestClose(timeLimit: .zero) }
    }

    var engine: DeliveryEngine { current.withLock { $0 } }

    /// A batch for about `count` records; more only cost a second allocation.
    public func makeBatch(expecting count: Int) -> SendBatch {
        SendBatch(usableEngine(), expecting: count)
    }

    /// Waits until everything queued so far is acknowledged or failed; false when time ran out.
    @discardableResult
    public func flush(timeLimit: Duration) async -> Bool {
        await engine.flush(timeLimit: timeLimit)
    }

    /// Flushes within the limit, gives up the rest, ends the client; safe to call twice.
    ///
    /// What was given up is reported as failed to its batch, so that no outcome waits for ever.
    public func close(timeLimit: Duration) async {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        await engine.close(timeLimit: timeLimit)
    }

    /// Throws unless every topic exists and all its partitions have a leader.
    ///
    /// Blocks no thread of the task pool; meant for readiness, not for every request.
    public func checkReachable(
        topics: [String],
        timeLimit: Duration
    ) async throws(KafkaError) {
        try await usableEngine().checkReachable(topics: topics, timeLimit: timeLimit).get()
    }

    /// The engine, or a fresh one in place of one that can send nothing any more.
    private func usableEngine() -> DeliveryEngine {
        current.withLock { engine in
            guard engine.context.isFatal, !isClosed.load(ordering: .sequentiallyConsistent) else {
                return engine
            }
            do {
                let fresh = try DeliveryEngine(configuration, logger: logger)
                engine.requestClose(timeLimit: .zero)
                logger.info("kafka producer replaced after a fatal error")
                engine = fresh
            } catch {
                // The old one answers every record with its fatal error, which says enough.
                logger.info(
                    "kafka producer could not be replaced",
                    metadata: ["error.message": "\(error)"]
                )
            }
            return engine
        }
    }
}

extension DeliveryEngine {
    /// Looks the topics up one by one on a thread of its own.
    func checkReachable(
        topics: [String],
        timeLimit: Duration
    ) async -> Result<Void, KafkaError> {
        await withUnsafeContinuation { continuation in
            let deadline = Deadline(after: timeLimit)
            let isRunning = NativeThread.start {
                continuation.resume(returning: self.lookUp(topics, timeLimit, deadline))
            }
            if !isRunning {
                let error = KafkaError(
                    RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE,
                    operation: "look up topics",
                    reason: "no thread could be started"
                )
                continuation.resume(returning: .failure(error))
            }
        }
    }

    private func lookUp(
        _ topics: [String],
        _ limit: Duration,
        _ deadline: Deadline
    ) -> Result<Void, KafkaError> {
        guard enter() else { return .failure(.closed("look up topics")) }
        defer { leave() }
        do throws(KafkaError) {
            let client = try lookupClient()
            for topic in topics {
                let metadata = try client.metadata(of: topic, timeLimit: limit, until: deadline)
                guard let leaderless = metadata.leaderless else { continue }
                throw KafkaError(
                    RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
                    operation: "look up topic \(topic)",
                    reason: "partition \(leaderless) has no leader"
                )
            }
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}
