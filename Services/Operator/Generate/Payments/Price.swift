/// An amount of money in the smallest unit of its currency, so that sums stay exact.
struct Price: Sendable, Hashable {
    let currency: String
    let minorUnits: Int

    /// As a decimal with the digits its currency has.
    var text: String { Self.text(minorUnits, currency: currency) }

    /// Any amount of the smallest unit as a decimal.
    static func text(_ minorUnits: Int, currency: String) -> String {
        if withoutDecimals.contains(currency) { return String(minorUnits) }
        let (whole, cents) = minorUnits.quotientAndRemainder(dividingBy: 100)
        return "\(whole).\(cents < 10 ? "0" : "")\(cents)"
    }

    /// What something of about that many US cents costs in another currency; rough, and rounded
    /// as prices are.
    init(cents: Int, in currency: String) {
        self.currency = currency
        let rate = Self.hundredths[currency] ?? 100
        let scaled = max(1, cents * rate / 100)
        minorUnits = Self.withoutDecimals.contains(currency) ? max(1, scaled / 100) : scaled
    }

    private static let withoutDecimals: Set<String> = ["JPY", "KRW", "VND"]

    /// Hundredths of a currency for one US dollar.
    private static let hundredths: [String: Int] = [
        "USD": 100, "EUR": 85, "GBP": 75, "CNY": 650, "JPY": 10_800, "INR": 7_300, "BRL": 530,
        "IDR": 1_420_000, "MXN": 2_010, "CAD": 127, "KRW": 112_000, "TRY": 800, "PHP": 4_840,
        "VND": 2_310_000, "AUD": 130, "SGD": 134,
    ]
}
