/// The sizes and depths no event or record may pass.
public enum EventLimits {
    /// The largest event, in bytes of its structured JSON form.
    public static let eventByteLimit = 262_144
    /// The largest original value, in bytes, that a dead letter carries whole.
    public static let deadLetterCarryByteLimit = 524_288
    /// How many bytes of a larger original a dead letter keeps.
    public static let deadLetterHeadByteLimit = 65_536
    /// The largest journal record, in bytes; more hashes go to another record.
    public static let journalRecordByteLimit = 524_288
    /// How deep JSON may nest; the outermost object or array is level 1.
    public static let depthLimit = 32
    /// The largest magnitude of `units`: 2^53 - 1, which every JSON reader holds exactly.
    public static let unitsLimit: Int64 = 9_007_199_254_740_991
    /// The longest text of a member the contract knows, in bytes of UTF-8 after unescaping.
    public static let textByteLimit = 4096
    /// The longest period a roll-up may cover, in microseconds: 24 hours.
    public static let periodLimit: Int64 = 86_400_000_000
}
