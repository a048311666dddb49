import Synchronization

/// Whether a service can do its work now, as named conditions that must all hold.
///
/// Safe from any thread. A service names its conditions as unmet before it starts, so that it is
/// not ready before it has proven to be, and clears and sets them as things come and go.
public final class Readiness: Sendable {
    private let unmet = Mutex<[String: String]>([:])

    /// Ready, until a condition is named.
    public init() {}

    /// Says that a condition does not hold, and why; replaces an earlier reason.
    public func unmet(_ condition: String, because reason: String) {
        unmet.withLock { $0[condition] = reason }
    }

    /// Says that a condition holds.
    public func met(_ condition: String) {
        unmet.withLock { _ = $0.removeValue(forKey: condition) }
    }

    /// Whether a condition holds; one that was never named does.
    public func isMet(_ condition: String) -> Bool {
        unmet.withLock { $0[condition] == nil }
    }

    /// The conditions that do not hold with their reasons, sorted by name; empty when ready.
    public var problems: [(condition: String, reason: String)] {
        unmet.withLock { $0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Whether every condition holds.
    public var isReady: Bool { unmet.withLock { $0.isEmpty } }
}
