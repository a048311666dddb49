/// Where reading of a partition begins.
public enum StartPosition: Sendable, Hashable {
    /// The oldest record that is still kept.
    case earliest
    /// Behind the newest record.
    case latest
    /// A record offset, from 0.
    case offset(Int64)
    /// The first record whose timestamp (milliseconds since 1970) is this or later; the end if
    /// there is none.
    case timestamp(Int64)
}

/// Offsets that the broker resolves, usable wherever a start offset is asked for.
public enum LogicalOffset {
    /// The oldest record that is still kept.
    public static let earliest: Int64 = -2
    /// Behind the newest record.
    public static let latest: Int64 = -1
}
