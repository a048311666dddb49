import Synchronization

/// Counts what is alive of one client's native objects, so that tests can see them all go.
final class NativeLedger: Sendable {
    enum Kind { case client, topic, message, sendBatch }

    private let counts = Mutex<[Kind: Int]>([:])

    func add(_ change: Int, _ kind: Kind) {
        counts.withLock { $0[kind, default: 0] += change }
    }

    func live(_ kind: Kind) -> Int { counts.withLock { $0[kind, default: 0] } }

    /// Everything together; 0 once a client and all its children are gone.
    var live: Int { counts.withLock { $0.values.reduce(0, +) } }
}
