/// What the pipeline wants to know of a record beside its bytes.
struct InputRecord {
    /// The record's offset in its partition.
    let offset: Int64
    /// Kafka's timestamp in milliseconds since 1970; nil when the record has none.
    let timestamp: Int64?
    /// Whether there is a key; an empty key is one.
    let hasKey: Bool
    /// Whether there is a value; none is a tombstone.
    let hasValue: Bool
    /// Whether there is any header.
    let hasHeaders: Bool
}
