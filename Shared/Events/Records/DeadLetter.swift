/// A record that could not be screened, kept as it came with the reason in its headers.
public enum DeadLetter {
    /// Header names, in the manner of Kafka Connect and Kafka Streams under a prefix of our own.
    public enum Header {
        /// ``Rejection/Reason``, or ``DeadLetter/expiredReason`` for a gap.
        public static let reason = "__cordon.errors.reason"
        /// JSON Pointer to the failing place; empty for the whole record.
        public static let pointer = "__cordon.errors.pointer"
        /// The reason in words.
        public static let message = "__cordon.errors.message"
        /// The step that refused the record; see ``DeadLetter/Stage``.
        public static let stage = "__cordon.errors.stage"
        /// The topic the record came from.
        public static let topic = "__cordon.errors.topic"
        /// The partition the record came from.
        public static let partition = "__cordon.errors.partition"
        /// The record's offset there; for a gap the first lost offset.
        public static let offset = "__cordon.errors.offset"
        /// For a gap, the first offset after it.
        public static let endOffset = "__cordon.errors.end.offset"
        /// Bytes of the whole value, when only its head is carried.
        public static let originalSize = "original-size"
        /// SHA-256 of the whole value in hex, when only its head is carried.
        public static let originalSHA256 = "original-sha256"
        /// Every name above starts so, but for the two `original-` ones.
        public static let prefix = "__cordon.errors."
    }

    /// The step of screening that refused a record.
    public enum Stage: String, Sendable, CaseIterable {
        /// Reading the event: codec and contract.
        case decode
        /// Placing the event: its type against the topic.
        case route
        /// Adding up units.
        case count
        /// Reading the topic: records that retention took.
        case consume
    }

    /// The reason of a gap record: retention removed records before they were read.
    public static let expiredReason = "expired"
}
