/// How much one poll gathers and how long it waits.
public struct PollLimits: Sendable, Hashable {
    /// At most this many records; at least 1.
    public var recordLimit: Int
    /// Gathering ends once keys and values together reach this; the last record may pass it.
    public var byteLimit: Int
    /// How long to wait for the first record.
    public var idleWait: Duration
    /// How long to wait for more after the first record; what is there already is taken in any
    /// case, so that a batch grows with the backlog.
    public var gatherTime: Duration

    /// Sets the four limits; a `recordLimit` below 1 counts as 1.
    public init(
        recordLimit: Int = 50_000,
        byteLimit: Int = 32 << 20,
        idleWait: Duration = .milliseconds(100),
        gatherTime: Duration = .milliseconds(10)
    ) {
        self.recordLimit = max(1, recordLimit)
        self.byteLimit = byteLimit
        self.idleWait = idleWait
        self.gatherTime = gatherTime
    }
}
