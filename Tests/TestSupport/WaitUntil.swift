/// Waits for a condition to come true, looking again and again.
///
/// `interval` is the pause between two looks; looks that cost much want a longer one.
///
/// - Throws: `WaitTimeLimitExceeded` when it is still false at the end of `within`, and what the
///   condition throws.
public func waitUntil(
    _ what: @autoclosure () -> String,
    within timeLimit: Duration = .seconds(30),
    every interval: Duration = .milliseconds(20),
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + timeLimit
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw WaitTimeLimitExceeded(what: what(), timeLimit: timeLimit)
        }
        try await Task.sleep(for: interval)
    }
}

/// Nothing came of waiting.
public struct WaitTimeLimitExceeded: Error, CustomStringConvertible {
    /// What was waited for, in words.
    public var what: String
    /// How long.
    public var timeLimit: Duration

    /// Names what was waited for, and how long.
    public init(what: String, timeLimit: Duration) {
        self.what = what
        self.timeLimit = timeLimit
    }

    /// One sentence for the failure of a test.
    public var description: String { "waited \(timeLimit) for: \(what)" }
}
