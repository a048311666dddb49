import CRDKafka
import Synchronization

/// What a delivery report finds its way home by; its address travels with the record through C.
struct SendSlot {
    let batch: Unmanaged<SendBatchState>
    let index: Int32
    /// 0 until the record failed.
    var code: Int32
}

/// The part of a batch that delivery reports touch.
///
/// Keeps itself alive from the first queued record to the last report. A slot is written by the
/// task that fills the batch before its record is queued, then only by its report; the outcome is
/// read after the last report, and the count orders the two.
final class SendBatchState: @unchecked Sendable {  // see the order of access above
    private struct Waiting {
        var isFinished = false
        var continuation: UnsafeContinuation<Void, Never>?
    }

    private let context: ClientContext
    /// Records under way, plus one for the task that still fills the batch.
    private let pending = Atomic<Int>(1)
    private let waiting = Mutex(Waiting())
    private var chunks: [UnsafeMutableBufferPointer<SendSlot>] = []
    private var used = 0
    private(set) var queuedCount = 0
    private var keepsItself = false

    init(expecting count: Int, context: ClientContext) {
        self.context = context
        chunks.append(.allocate(capacity: max(1, count)))
        context.ledger.add(1, .sendBatch)
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
        context.ledger.add(-1, .sendBatch)
    }

    // MARK: - The task that fills the batch

    /// A slot for the next record; take it back with `withdraw` if the record is not queued.
    func reserve() -> UnsafeMutablePointer<SendSlot>? {
        if used == chunks[chunks.count - 1].count {
            chunks.append(.allocate(capacity: chunks[chunks.count - 1].count * 2))
            used = 0
        }
        guard let base = chunks[chunks.count - 1].baseAddress else { return nil }
        let slot = base + used
        slot.initialize(
            to: SendSlot(
                batch: .passUnretained(self),
                index: Int32(truncatingIfNeeded: queuedCount),
                code: 0
            )
        )
        // The report may come before the call that queues the record returns.
        pending.add(1, ordering: .relaxed)
        if !keepsItself {
            keepsItself = true
            _ = Unmanaged.passRetained(self)
        }
        used += 1
        queuedCount += 1
        return slot
    }

    /// The record of the latest slot was not queued; no report will come.
    func withdraw() {
        used -= 1
        queuedCount -= 1
        pending.subtract(1, ordering: .relaxed)
    }

    /// The task fills no more; call once.
    func seal() { countDown() }

    func wait() async {
        await withUnsafeContinuation { continuation in
            let finished = waiting.withLock { waiting in
                if !waiting.isFinished { waiting.continuation = continuation }
                return waiting.isFinished
            }
            if finished { continuation.resume() }
        }
    }

    /// After `wait`: the records that failed, in the order in which they were queued.
    func failures(_ describe: (rd_kafka_resp_err_t) -> KafkaError) -> [FailedRecord] {
        var failures: [FailedRecord] = []
        for (position, chunk) in chunks.enumerated() {
            let end = position == chunks.count - 1 ? used : chunk.count
            for slot in chunk[..<end] where slot.code != 0 {
                let error = describe(rd_kafka_resp_err_t(rawValue: slot.code))
                failures.append(FailedRecord(index: Int(slot.index), error: error))
            }
        }
        return failures
    }

    // MARK: - Delivery reports

    /// The one report of one record.
    static func report(_ slot: UnsafeMutablePointer<SendSlot>, _ code: rd_kafka_resp_err_t) {
        slot.pointee.code = code.rawValue
        slot.pointee.batch.takeUnretainedValue().countDown()
    }

    private func countDown() {
        guard pending.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        let continuation = waiting.withLock { waiting in
            waiting.isFinished = true
            return waiting.continuation.take()
        }
        let keptItself = keepsItself
        continuation?.resume()
        if keptItself { Unmanaged.passUnretained(self).release() }
    }
}

/// Runs on the producer's delivery thread, once for every record that was queued.
func onDelivery(
    client: OpaquePointer?,
    message: UnsafePointer<rd_kafka_message_t>?,
    opaque: UnsafeMutableRawPointer?
) {
    guard let message, let slot = message.pointee._private else { return }
    SendBatchState.report(
        slot.assumingMemoryBound(to: SendSlot.self),
        message.pointee.err
    )
}
