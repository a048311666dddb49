import Testing

@testable import Events

@Suite struct CountryCodeTests {
    @Test(arguments: ["US", "PR", "GU", "VI", "AS", "MP", "UM", "CN", "HK", "XK", "ZZ", "AD", "ZW"])
    func `assigned codes are read`(text: String) {
        #expect(CountryCode(text)?.description == text)
    }

    @Test(arguments: ["", "U", "USA", "us", "Us", "AA", "UK", "XX", "EU", "U1", "US ", "Ü"])
    func `other codes are refused`(text: String) {
        #expect(CountryCode(text) == nil)
    }

    @Test func `there are 249 countries, Kosovo and unknown`() {
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { Unicode.Scalar($0) }
        let codes = letters.flatMap { first in
            letters.compactMap { CountryCode("\(first)\($0)") }
        }
        #expect(codes.count == 251)
        #expect(codes.filter(\.isUnknown) == [.unknown])
        #expect(codes == codes.sorted())
    }
}

@Suite struct CurrencyCodeTests {
    @Test(arguments: ["USD", "EUR", "JPY", "KWD", "CLF", "CNY", "INR", "HRK", "ZWL", "XAU", "AED"])
    func `codes of ISO 4217 are read`(text: String) {
        #expect(CurrencyCode(text)?.description == text)
    }

    @Test(arguments: ["", "US", "USDT", "usd", "XTS", "XXX", "ABC", "U$D", "DEM", "BTC", "ZZZ"])
    func `other codes are refused`(text: String) {
        #expect(CurrencyCode(text) == nil)
    }

    @Test func `codes are ordered as their letters`() throws {
        let dollar = try #require(CurrencyCode("USD"))
        let euro = try #require(CurrencyCode("EUR"))
        #expect(euro < dollar)
    }
}

@Suite struct MoneyTests {
    @Test(
        arguments: [
            ("0", 0, "0"), ("0.000000001", 1, "0.000000001"), ("12.50", 12_500_000_000, "12.5"),
            ("1", 1_000_000_000, "1"), ("1.000000000", 1_000_000_000, "1"),
            ("10.01", 10_010_000_000, "10.01"),
            (
                "999999999999999999.999999999", 999_999_999_999_999_999_999_999_999,
                "999999999999999999.999999999"
            ),
        ] as [(String, UInt128, String)]
    )
    func `an amount is exact`(text: String, nanos: UInt128, shown: String) {
        #expect(Money(text)?.nanos == nanos)
        #expect(Money(nanos: nanos).description == shown)
        #expect(Money(shown)?.nanos == nanos)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "-1", "+1", "01", "00", "00.5", "1e3", "1.5E2", "1,5", " 1", "1 ",
        "1.2.3", "1234567890123456789", "0.1234567890", "NaN", "Infinity", "0x10", "１",
    ])
    func `anything else is no amount`(text: String) {
        #expect(Money(text) == nil)
    }

    @Test func `a sum is exact and tells when it overflows`() {
        #expect(Money(nanos: 1).adding(Money(nanos: 2)) == Money(nanos: 3))
        #expect(Money(nanos: .max).adding(Money(nanos: 1)) == nil)
        #expect(Money(nanos: 1) < Money(nanos: 2))
    }
}

@Suite struct WordTests {
    @Test func `words on the wire read back`() {
        for value in Acquisition.allCases {
            #expect(Acquisition(word: value.word) == value)
        }
        for value in PaymentStatus.allCases {
            #expect(PaymentStatus(word: value.word) == value)
        }
        #expect(Acquisition(word: "First-Time") == nil)
        #expect(PaymentStatus(word: "authorized") == nil)
    }

    @Test func `only payments belong on the payment topic`() {
        #expect(EventType.appDownload.topic == .appstoreEvents)
        #expect(EventType.appPurchase.topic == .appstoreEvents)
        #expect(EventType.paymentTransaction.topic == .paymentTransactions)
    }

    @Test func `a rejection is one line`() {
        let plain = Rejection(reason: .tooLarge, pointer: "", detail: "too much")
        #expect(plain.description == "too-large: too much")
        let placed = Rejection(reason: .invalidValue, pointer: "/data/units", detail: "zero")
        #expect(placed.description == "invalid-value at /data/units: zero")
    }
}
