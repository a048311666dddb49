import Foundation
import Synchronization

/// Tells threads of our own to stop; they look at it between two pieces of work.
public final class StopSignal: Sendable {
    private let requested = Atomic<Bool>(false)
    private let condition = NSCondition()

    /// Nobody has asked yet.
    public init() {}

    /// Whether the threads are to stop.
    public var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// Asks the threads to stop; from any thread, any number of times.
    public func request() {
        condition.withLock {
            requested.store(true, ordering: .releasing)
            condition.broadcast()
        }
    }

    /// Blocks the thread until the time is over or a stop is requested, whichever comes first.
    public func wait(atMost duration: Duration) {
        let limit = Date(timeIntervalSinceNow: duration / .seconds(1))
        condition.withLock {
            while !isRequested, condition.wait(until: limit) {}
        }
    }
}
