/// A company with its names and its owners, as far as a directive needs them.
public struct LegalEntity: Sendable, Hashable {
    /// A slug, unique in the directive.
    public let id: String
    /// The company's precise names.
    public let names: [String]
    /// Who owns it; facts with dates, not a judgement.
    public let owners: [Ownership]

    init(id: String, names: [String], owners: [Ownership]) {
        self.id = id
        self.names = names
        self.owners = owners
    }
}

/// One company's stake in another.
public struct Ownership: Sendable, Hashable {
    /// The id of the company that holds the stake.
    public let owner: String
    /// How much is held.
    public let stake: Stake
    /// Since when; nil if that is not known and does not matter.
    public let from: LegalInstant?
    /// Until when, exclusive; nil while it lasts.
    public let to: LegalInstant?
    /// Where that is said.
    public let citation: String

    /// How much of a company is held.
    public enum Stake: Sendable, Hashable {
        /// Per cent as written, 0 to 100.
        case percent(String)
        /// More than half of the votes, without a figure.
        case majority
    }

    init(
        owner: String,
        stake: Stake,
        period: (from: LegalInstant?, to: LegalInstant?),
        citation: String
    ) {
        self.owner = owner
        self.stake = stake
        from = period.from
        to = period.to
        self.citation = citation
    }

    /// Whether the stake makes the company a subsidiary: more than half of it.
    public var makesSubsidiary: Bool {
        switch stake {
        case .majority: true
        case .percent(let text): (Double(text) ?? 0) > 50
        }
    }
}
