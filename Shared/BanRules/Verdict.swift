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
