import CRDKafka
import Logging
import Synchronization

/// What the C callbacks of one client may touch; lives until the client is destroyed.
///
/// The log callback comes from librdkafka's threads, all others from inside a poll.
final class ClientContext: Sendable {
    /// News of the group, in the order in which the callback got it.
    enum Rebalance: Sendable {
        case assigned([TopicPartition])
        case revoked([TopicPartition], lost: Bool)
    }

    private struct State {
        var rebalances: [Rebalance] = []
        var owesAssign = false
        var failure: (text: String, at: ContinuousClock.Instant)?
    }

    let logger: Logger
    let servers: String
    let ledger = NativeLedger()
    private let state = Mutex(State())
    private let fatal = Atomic<Bool>(false)
    private let rebalanceCount = Atomic<Int>(0)
    private let draining = Atomic<Bool>(false)

    init(logger: Logger, servers: String) {
        self.logger = logger
        self.servers = servers
    }

    static func from(_ opaque: UnsafeMutableRawPointer?) -> ClientContext? {
        opaque.map { Unmanaged<ClientContext>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Why a connection failed, for one clear sentence to people; nil once that is a minute ago.
    var recentFailure: String? {
        guard let failure = state.withLock({ $0.failure }) else { return nil }
        return failure.at.duration(to: .now) < .seconds(60) ? failure.text : nil
    }

    /// Whether the client reported a fault that it cannot recover from.
    var isFatal: Bool { fatal.load(ordering: .relaxed) }

    /// Takes the words of a log line or an error callback.
    func noteFailure(_ words: String) {
        // Log lines begin with the thread's name, "[thrd:…]: ", and end with a state.
        var rest = words[...]
        if rest.hasPrefix("[thrd:"), let end = rest.firstIndex(of: "]") {
            rest = rest[end...].dropFirst(3)
        }
        if let state = rest.firstRange(of: " (after ") { rest = rest[..<state.lowerBound] }
        let failure = (text: String(rest), at: ContinuousClock.now)
        state.withLock { $0.failure = failure }
    }

    func noteFatal() { fatal.store(true, ordering: .relaxed) }

    // MARK: - Rebalances

    /// Whether the owner is emptying the queue, many records at a call.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    func setDraining(_ isDraining: Bool) { draining.store(isDraining, ordering: .relaxed) }

    /// Whether news of the group waits; cheap enough to ask after every message.
    var hasRebalance: Bool { rebalanceCount.load(ordering: .relaxed) > 0 }

    /// Whether the group gave partitions that nobody has answered with an assign yet.
    var owesAssign: Bool { state.withLock { $0.owesAssign } }

    func answerAssign() { state.withLock { $0.owesAssign = false } }

    func push(_ rebalance: Rebalance) {
        state.withLock { state in
            state.rebalances.append(rebalance)
            if case .assigned = rebalance {
                state.owesAssign = true
            } else {
                state.owesAssign = false
            }
        }
        rebalanceCount.add(1, ordering: .relaxed)
    }

    func popRebalance() -> Rebalance? {
        guard hasRebalance else { return nil }
        rebalanceCount.subtract(1, ordering: .relaxed)
        return state.withLock { $0.rebalances.removeFirst() }
    }
}
