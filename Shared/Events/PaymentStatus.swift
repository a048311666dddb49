/// Where a payment or purchase stands.
public enum PaymentStatus: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// Asked for, no answer yet.
    case attempted
    /// The issuer agreed; no money has moved.
    case authorised
    /// Money moved; what sums of money take unless asked otherwise.
    case captured
    /// Money moved back.
    case refunded
    /// Refused or broken off.
    case failed
    /// The payer contests it.
    case disputed

    /// The word on the wire.
    public var word: String {
        switch self {
        case .attempted: "attempted"
        case .authorised: "authorised"
        case .captured: "captured"
        case .refunded: "refunded"
        case .failed: "failed"
        case .disputed: "disputed"
        }
    }

    /// Reads the word on the wire, nil for any other.
    public init?(word: String) {
        guard let match = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = match
    }
}
