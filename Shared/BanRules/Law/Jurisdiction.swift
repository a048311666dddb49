public import Events

/// Where a directive applies.
public struct Jurisdiction: Sendable, Hashable {
    /// What the jurisdiction is called.
    public let name: String
    /// The countries it covers, territories with codes of their own included.
    public let countries: Set<CountryCode>

    init(name: String, countries: Set<CountryCode>) {
        self.name = name
        self.countries = countries
    }
}
