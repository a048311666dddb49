/// One event under one prohibition of one directive because of one target.
public struct Verdict: Sendable, Hashable {
    /// The directive that applies.
    public let directive: DirectiveReference
    /// The prohibition's id.
    public let prohibition: String
    /// The target's id.
    public let target: String
    /// What the flag asks for.
    public let disposition: Disposition
    /// Why it is a review although the state alone does not say so.
    public let reason: ReviewReason?
    /// The state of the prohibition at the event's time; for a roll-up the first one of the period
    /// that gives a disposition.
    public let state: LegalState
    /// The interval of that state.
    public let interval: LifecycleInterval
    /// The country that put the event inside the jurisdiction, `ZZ` if it is not known.
    public let jurisdictionCountry: String
    /// JSON Pointer to the member of the event that the country was read from, or misses from.
    public let jurisdictionField: String
    /// What matched, strongest first; never empty.
    public let matches: [Match]
    /// One plain sentence for a compliance officer.
    public let explanation: String
}

/// A member of an event that met an identifier of a target.
public struct Match: Sendable, Hashable {
    /// JSON Pointer to the member.
    public let field: String
    /// The member's text.
    public let value: String
    /// How it met.
    public let method: MatchMethod
    /// How certain the method is, from 0 to 1.
    public let score: Double

    init(field: String, value: String, method: MatchMethod) {
        self.field = field
        self.value = value
        self.method = method
        score = method.score
    }
}

/// How an event's text met an identifier, strongest first.
public enum MatchMethod: String, CaseIterable, Sendable {
    /// A bundle id, a package name or a numeric id.
    case appID = "app-id"
    /// The code of a payment service provider.
    case paymentMethod = "payment-method"
    /// The precise name of a company.
    case entity = "publisher-entity"
    /// A name or alias, equal after Unicode normalisation.
    case name = "exact-name"

    /// How certain the method is: 1 for ids, which are unique in their store; a little less for
    /// codes, which providers define; less for names, which anybody may take.
    public var score: Double {
        switch self {
        case .appID: 1
        case .paymentMethod: 0.98
        case .entity: 0.95
        case .name: 0.9
        }
    }
}
