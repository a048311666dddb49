/// From where to where money goes; a side may be missing.
struct Route: Sendable {
    let payer: String?
    let payee: String?
    let currency: String

    init(_ payer: String?, _ payee: String?, _ currency: String) {
        self.payer = payer
        self.payee = payee
        self.currency = currency
    }

    static let all: [(element: Route, weight: Int)] = [
        (Route("US", "US", "USD"), 26), (Route("US", "CN", "USD"), 16),
        (Route("CN", "US", "USD"), 10), (Route("CN", "CN", "CNY"), 10),
        (Route("DE", "DE", "EUR"), 7), (Route("GB", "GB", "GBP"), 5),
        (Route("FR", "CN", "EUR"), 4), (Route("JP", "CN", "JPY"), 4),
        (Route("JP", "JP", "JPY"), 3), (Route("SG", "CN", "SGD"), 2),
        (Route("PR", "CN", "USD"), 2), (Route("CN", "GU", "USD"), 1),
        (Route("US", nil, "USD"), 3), (Route(nil, "US", "USD"), 2),
        (Route(nil, "CN", "CNY"), 2), (Route("ZZ", "CN", "CNY"), 2), (Route(nil, nil, "EUR"), 1),
    ]

    /// Inside the order's reach, in a territory, outside, and unknown.
    static let witnesses = [
        Route("US", "CN", "USD"), Route("CN", "PR", "USD"), Route("CN", "DE", "EUR"),
        Route(nil, "CN", "CNY"),
    ]
}
