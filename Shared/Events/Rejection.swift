/// Why an event, or another document, was turned away.
///
/// A bad event is data, not a fault of the program: it is reported at the HTTP door or carried to
/// the dead letters, and never stops the stream.
public struct Rejection: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of rejection; a closed set, fit for metric labels and record headers.
    public var reason: Reason
    /// The JSON Pointer (RFC 6901) of the innermost member at fault; empty for the whole document.
    public var pointer: String
    /// What was found and what was expected, for a person; never more than a few bytes of input.
    public var detail: String

    /// Creates a rejection from its three parts.
    public init(reason: Reason, pointer: String, detail: String) {
        self.reason = reason
        self.pointer = pointer
        self.detail = detail
    }

    /// One line: reason, pointer if there is one, detail.
    public var description: String {
        pointer.isEmpty
            ? "\(reason.rawValue): \(detail)" : "\(reason.rawValue) at \(pointer): \(detail)"
    }
}

extension Rejection {
    /// The kinds of rejection, spelled as they stand on the wire.
    public enum Reason: String, Sendable, CaseIterable {
        /// No bytes, or nothing but white space.
        case empty = "empty"
        /// A record with a null value on a topic that does not compact.
        case tombstone = "tombstone"
        /// More bytes than `EventLimits.eventByteLimit`.
        case tooLarge = "too-large"
        /// Not JSON as RFC 8259 has it, or an escape that names half a surrogate pair.
        case invalidJSON = "invalid-json"
        /// Bytes that are not UTF-8.
        case invalidUTF8 = "invalid-utf8"
        /// Nested deeper than `EventLimits.depthLimit`.
        case tooDeep = "too-deep"
        /// A member the contract knows is there twice.
        case duplicateMember = "duplicate-member"
        /// A member the contract requires is absent or null.
        case missingMember = "missing-member"
        /// A member the contract knows has another JSON type.
        case wrongType = "wrong-type"
        /// A member has the right JSON type and a value outside the contract.
        case invalidValue = "invalid-value"
        /// The event's `type` is none of the contract's.
        case unknownType = "unknown-type"
        /// The event's `type` belongs on another topic.
        case wrongTopic = "wrong-topic"
        /// The data are not JSON by their own declaration.
        case unsupportedContentType = "unsupported-content-type"
        /// A count would leave 64 bits.
        case countOverflow = "count-overflow"
    }
}
