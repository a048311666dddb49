/// A point in time that several blocking calls share.
struct Deadline {
    private let instant: ContinuousClock.Instant

    init(after limit: Duration) {
        instant = ContinuousClock.now + limit
    }

    var hasPassed: Bool { ContinuousClock.now >= instant }

    /// What is left in whole milliseconds, rounded up; 0 once it has passed.
    var milliseconds: Int32 { (instant - ContinuousClock.now).wholeMilliseconds }
}

extension Duration {
    /// Milliseconds for C, rounded up, so that a short wait never becomes a busy loop; 0 when
    /// negative, and at most about 24 days.
    var wholeMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        let part = 1_000_000_000_000_000 as Int64
        return Int32(seconds * 1000 + (attoseconds + part - 1) / part)
    }
}
