/// What is known of one record besides its bytes; the bytes are lent beside it.
public struct RecordInfo: Sendable, Hashable, BitwiseCopyable {
    /// Index of the record's partition in the array the owner started with.
    public var slot: Int
    /// The record's partition number.
    public var partition: Int32
    /// The record's offset; offsets may jump, a gap is not a loss.
    public var offset: Int64
    /// Milliseconds since 1970-01-01T00:00Z as the topic keeps them; -1 when unknown.
    public var timestamp: Int64
    /// False when the key is null; an empty key is a key.
    public var hasKey: Bool
    /// False when the value is null (a tombstone); an empty value is a value.
    public var hasValue: Bool

    /// Describes one record; tests of code that takes records use it too.
    public init(
        slot: Int,
        partition: Int32,
        offset: Int64,
        timestamp: Int64 = -1,
        hasKey: Bool = true,
        hasValue: Bool = true
    ) {
        self.slot = slot
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
        self.hasKey = hasKey
        self.hasValue = hasValue
    }
}
