/// A text that must not be printed: its descriptions say only that it is there.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The text itself, for the one place that needs it.
    public let revealed: String

    /// Wraps a text.
    public init(_ text: String) {
        revealed = text
    }

    /// What logs and messages show in place of a secret.
    public static let redaction = "<redacted>"

    /// Never the text.
    public var description: String { Self.redaction }

    /// Never the text.
    public var debugDescription: String { Self.redaction }

    /// Whether a candidate is this text, in a time that tells nothing about where they differ.
    ///
    /// The time depends on the candidate's length alone.
    public func matches(_ candidate: some Collection<UInt8>) -> Bool {
        let own = Array(revealed.utf8)
        var difference = own.count ^ candidate.count
        for (index, byte) in candidate.enumerated() {
            difference |= Int(byte ^ (own.isEmpty ? 0 : own[index % own.count]))
        }
        return difference == 0 && !own.isEmpty
    }
}
