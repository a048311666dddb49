import Foundation
import Synchronization

/// Tells the workers' threads to stop; they look at it between batches.
final class StopSignal: Sendable {
    private let requested = Atomic<Bool>(false)
    private let condition = NSCondition()

    /// Whether the workers are to stop.
    var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// Asks the workers to stop; from any thread, any number of times.
    func request() {
        condition.withLock {
            requested.store(true, ordering: .releasing)
            condition.broadcast()
        }
    }

    /// Blocks the thread until the time is over or a stop is requested, whichever comes first.
    func wait(atMost duration: Duration) {
        let limit = Date(timeIntervalSinceNow: duration / .seconds(1))
        condition.withLock {
            while !isRequested, condition.wait(until: limit) {}
        }
    }
}
