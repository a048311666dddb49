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

    init(field: String, value: String, method: MatchMethod, score: Double) {
        self.field = field
        self.value = value
        self.method = method
        self.score = score
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
    /// A text that resembles a name or holds it; alone it never gives more than a review.
    case fuzzyName = "fuzzy-name"

    /// How certain the method is.
    ///
    /// It is 1 for ids, which are unique in their store; a little less for
    /// codes, which providers define; less for names, which anybody may take. A fuzzy name has
    /// this score at most: each way in which it deviates takes a share (see ``Deviations``).
    public var score: Double {
        switch self {
        case .appID: 1
        case .paymentMethod: 0.98
        case .entity: 0.95
        case .name: 0.9
        case .fuzzyName: Deviations.base
        }
    }
}
