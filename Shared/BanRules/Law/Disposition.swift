/// What a flag asks for.
public enum Disposition: String, CaseIterable, Sendable {
    /// The law in force forbids the act.
    case prohibited
    /// A person has to look: the law is not enforced now, or a fact is missing.
    case review
}

/// Why a flag asks for a review although the state alone would not say so.
public enum ReviewReason: String, CaseIterable, Sendable {
    /// The country is unknown, so that the jurisdiction can neither be shown nor excluded.
    case countryUnknown = "country-unknown"
    /// The event rolls up a period in which the disposition changed.
    case stateChange = "state-change"
}
