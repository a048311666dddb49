import Dispatch
import Synchronization

/// Tells threads of our own to stop; they look at it between two pieces of work.
public final class StopSignal: Sendable {
    private let requested = Atomic<Bool>(false)
    /// Entered until a stop is requested.
    ///
    /// Unlike a condition's, its waits are measured on a clock that nobody sets: with the wall
    /// clock set back by an hour they would last an hour more.
    private let untilRequested = DispatchGroup()

    /// Nobody has asked yet.
    public init() { untilRequested.enter() }

    // A group may not go while it is entered.
    deinit { request() }

    /// Whether the threads are to stop.
    public var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// Asks the threads to stop; from any thread, any number of times.
    public func request() {
        if !requested.exchange(true, ordering: .acquiringAndReleasing) { untilRequested.leave() }
    }

    /// Blocks the thread until the time is over or a stop is requested, whichever comes first.
    public func wait(atMost duration: Duration) {
        _ = untilRequested.wait(timeout: .now() + max(0, duration / .seconds(1)))
    }
}
