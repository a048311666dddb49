/// What the pipeline wants to know of a record beside its bytes.
package struct InputRecord {
    /// The record's offset in its partition.
    package let offset: Int64
    /// Kafka's timestamp in milliseconds since 1970; nil when the record has none.
    package let timestamp: Int64?
    /// Whether there is a key; an empty key is one.
    package let hasKey: Bool
    /// Whether there is a value; none is a tombstone.
    package let hasValue: Bool
    /// Whether there is any header.
    package let hasHeaders: Bool

    /// Takes what Kafka tells of a record.
    package init(
        offset: Int64,
        timestamp: Int64?,
        hasKey: Bool,
        hasValue: Bool,
        hasHeaders: Bool
    ) {
        self.offset = offset
        self.timestamp = timestamp
        self.hasKey = hasKey
        self.hasValue = hasValue
        self.hasHeaders = hasHeaders
    }
}
