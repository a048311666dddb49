/// Where a rule of law stands at an instant.
public enum LegalState: String, CaseIterable, Sendable {
    /// Signed or enacted, the effective date not reached.
    case pending
    /// Effective, but nothing has been identified under it yet.
    case unimplemented
    /// Stopped by a court.
    case enjoined
    /// Under an announced non-enforcement.
    case suspended
    /// Effective and enforced.
    case inForce = "in-force"
    /// Ended by a later instrument.
    case revoked
    /// Ended by its own terms.
    case expired

    /// What the state means for an event that matches; nil means that the event is not flagged.
    public var disposition: Disposition? {
        switch self {
        case .inForce: .prohibited
        case .pending, .unimplemented, .enjoined, .suspended: .review
        case .revoked, .expired: nil
        }
    }

    /// The state in words that follow "which was", for explanations.
    var phrase: String {
        switch self {
        case .pending: "signed but not yet effective (pending)"
        case .unimplemented: "effective with nothing identified under it yet (unimplemented)"
        case .enjoined: "stopped by a court (enjoined)"
        case .suspended: "under an announced non-enforcement (suspended)"
        case .inForce: "in force (in-force)"
        case .revoked: "revoked"
        case .expired: "expired"
        }
    }

    /// Whether the state, on a directive, ends every prohibition of it.
    var endsEverything: Bool { self == .revoked || self == .expired }
}
