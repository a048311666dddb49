/// A country as the stream's feeds know it.
struct Market: Sendable, Hashable {
    let country: String
    /// Hours that its clocks are ahead of UTC; one zone without summer time is enough here.
    let hoursAhead: Int
    /// Its size; the United States are 1000.
    let weight: Int
    let currency: String

    /// Whether the order reaches a country: the United States with their territories.
    enum Reach: Sendable { case inside, outside, unknown }

    var reach: Reach { Self.reach(of: country) }

    /// A missing country is as unknown as `ZZ`.
    static func reach(of country: String?) -> Reach {
        switch country {
        case "US", "PR", "GU", "VI", "AS", "MP", "UM": .inside
        case nil, "ZZ": .unknown
        default: .outside
        }
    }

    static let all: [Market] = [
        Market(country: "US", hoursAhead: -6, weight: 1000, currency: "USD"),
        Market(country: "IN", hoursAhead: 5, weight: 90, currency: "INR"),
        Market(country: "CN", hoursAhead: 8, weight: 70, currency: "CNY"),
        Market(country: "BR", hoursAhead: -3, weight: 60, currency: "BRL"),
        Market(country: "ID", hoursAhead: 7, weight: 45, currency: "IDR"),
        Market(country: "JP", hoursAhead: 9, weight: 45, currency: "JPY"),
        Market(country: "DE", hoursAhead: 1, weight: 45, currency: "EUR"),
        Market(country: "GB", hoursAhead: 0, weight: 45, currency: "GBP"),
        Market(country: "FR", hoursAhead: 1, weight: 35, currency: "EUR"),
        Market(country: "MX", hoursAhead: -6, weight: 35, currency: "MXN"),
        Market(country: "CA", hoursAhead: -5, weight: 35, currency: "CAD"),
        Market(country: "KR", hoursAhead: 9, weight: 30, currency: "KRW"),
        Market(country: "TR", hoursAhead: 3, weight: 25, currency: "TRY"),
        Market(country: "IT", hoursAhead: 1, weight: 25, currency: "EUR"),
        Market(country: "ES", hoursAhead: 1, weight: 25, currency: "EUR"),
        Market(country: "PH", hoursAhead: 8, weight: 20, currency: "PHP"),
        Market(country: "VN", hoursAhead: 7, weight: 20, currency: "VND"),
        Market(country: "AU", hoursAhead: 10, weight: 20, currency: "AUD"),
        Market(country: "NL", hoursAhead: 1, weight: 15, currency: "EUR"),
        Market(country: "SG", hoursAhead: 8, weight: 12, currency: "SGD"),
        Market(country: "PR", hoursAhead: -4, weight: 12, currency: "USD"),
        Market(country: "ZZ", hoursAhead: 0, weight: 6, currency: "USD"),
        Market(country: "GU", hoursAhead: 10, weight: 4, currency: "USD"),
        Market(country: "VI", hoursAhead: -4, weight: 3, currency: "USD"),
        Market(country: "AS", hoursAhead: -11, weight: 2, currency: "USD"),
        Market(country: "MP", hoursAhead: 10, weight: 2, currency: "USD"),
    ]

    /// Inside the order's reach at home and in a territory, outside, and unknown: where every
    /// target has events around every change of state.
    static let witnesses = ["US", "PR", "DE", "ZZ"]
}
