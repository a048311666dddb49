import Foundation

/// What the stages of a batch cost the worker's thread, in processor time.
///
/// Read a few times for each chunk of records, never for a record.
struct StageTimes {
    /// The work of one batch.
    struct Spent {
        /// Taking records off the client's queue.
        var poll: Duration = .zero
        /// Validating, recognising repeats, judging, counting.
        var screen: Duration = .zero
        /// Writing counts and the journal as JSON.
        var write: Duration = .zero
        /// Handing records to the client.
        var send: Duration = .zero
        /// Ending the transaction.
        var commit: Duration = .zero
    }

    private var spent = Spent()
    private var last = StageTimes.threadTime()

    mutating func polled() { spent.poll += lap() }
    mutating func screened() { spent.screen += lap() }
    mutating func written() { spent.write += lap() }
    mutating func sent() { spent.send += lap() }
    mutating func committed() { spent.commit += lap() }

    /// What was spent since the last call.
    mutating func take() -> Spent {
        defer { spent = Spent() }
        return spent
    }

    private mutating func lap() -> Duration {
        let now = Self.threadTime()
        defer { last = now }
        return now - last
    }

    private static func threadTime() -> Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
