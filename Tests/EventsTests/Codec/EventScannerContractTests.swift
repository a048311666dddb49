import Testing

@testable import Events

/// What the contract turns away in JSON that is sound.
@Suite struct EventScannerContractTests {
    private func check(
        _ draft: Draft,
        _ reason: Rejection.Reason,
        _ pointer: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        let found = rejection(of: Array(draft.text.utf8))
        #expect(found?.reason == reason, "\(draft.text)", sourceLocation: location)
        #expect(found?.pointer == pointer, "\(draft.text)", sourceLocation: location)
    }

    private static let required: [(EventType, String)] =
        EventType.allCases.flatMap { type in
            ["specversion", "type", "id", "source", "time", "data"].map { (type, "/" + $0) }
        } + [
            (.appDownload, "/data/store"), (.appDownload, "/data/appId"),
            (.appDownload, "/data/country"), (.appPurchase, "/data/store"),
            (.appPurchase, "/data/country"), (.appPurchase, "/data/amount"),
            (.appPurchase, "/data/currency"), (.paymentTransaction, "/data/transactionId"),
            (.paymentTransaction, "/data/paymentMethod"), (.paymentTransaction, "/data/amount"),
            (.paymentTransaction, "/data/currency"),
        ]

    @Test(arguments: required)
    func `a required member is neither absent nor null`(type: EventType, pointer: String) {
        let draft = Draft.of(type)
        check(draft.setting(pointer, "null"), .missingMember, pointer)
        guard pointer != "/data" else { return }
        check(draft.removing(pointer), .missingMember, pointer)
    }

    @Test func `data are not absent`() {
        let text = #"{"specversion":"1.0","id":"1","source":"s","type":"cordon.app.download","#
        let found = rejection(of: Array((text + #""time":"2020-03-01T12:34:56Z"}"#).utf8))
        #expect(found?.reason == .missingMember)
        #expect(found?.pointer == "/data")
    }

    private static let texts: [(EventType, String)] =
        ["specversion", "type", "id", "source", "time", "subject", "partitionkey"].map {
            (.appDownload, "/" + $0)
        } + ["datacontenttype", "dataschema"].map { (.appPurchase, "/" + $0) }
        + [
            "store", "appId", "storeAppId", "appName", "publisher", "country", "acquisition",
            "periodEnd",
        ].map { (.appDownload, "/data/" + $0) }
        + [
            "store", "appId", "storeAppId", "appName", "publisher", "country", "transactionId",
            "status", "amount", "currency", "product", "paymentMethod",
        ].map { (.appPurchase, "/data/" + $0) }
        + [
            "transactionId", "status", "vendorStatus", "paymentMethod", "amount", "currency",
            "payerCountry", "payeeCountry", "merchantId", "merchantName", "counterpartyName",
            "counterpartyAppId",
        ].map { (.paymentTransaction, "/data/" + $0) }

    @Test(arguments: texts)
    func `a text is a text`(type: EventType, pointer: String) {
        let draft = Draft.of(type)
        for json in ["5", "-1.5e3", "true", "false", "[]", #"["x"]"#, "{}", #"{"a":"b"}"#] {
            check(draft.setting(pointer, json), .wrongType, pointer)
        }
    }

    /// What people and machines wrote for people to read; anything may stand in it.
    private static let freeTexts: [(EventType, String)] =
        ["appName", "publisher"].map { (.appDownload, "/data/" + $0) }
        + ["appName", "publisher", "product"].map { (.appPurchase, "/data/" + $0) }
        + ["vendorStatus", "merchantId", "merchantName", "counterpartyName"].map {
            (.paymentTransaction, "/data/" + $0)
        }

    private static let controls = [#""\n""#, #""\u001f""#, #""\u007f""#, "\"a\u{7F}\""]

    @Test(arguments: freeTexts)
    func `a text for people may hold control characters`(type: EventType, pointer: String) {
        for json in Self.controls {
            let text = Draft.of(type).setting(pointer, json).text
            #expect(rejection(of: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test(arguments: texts.filter { text in !freeTexts.contains { $0 == text } })
    func `a text for machines has no control characters`(type: EventType, pointer: String) {
        for json in Self.controls {
            check(Draft.of(type).setting(pointer, json), .invalidValue, pointer)
        }
    }

    @Test(arguments: texts)
    func `a text has no U+0000 and not too many bytes`(type: EventType, pointer: String) {
        let draft = Draft.of(type)
        check(draft.setting(pointer, #""a\u0000""#), .invalidValue, pointer)
        let long = String(repeating: "a", count: EventLimits.textByteLimit + 1)
        check(draft.setting(pointer, "\"\(long)\""), .invalidValue, pointer)
        check(draft.setting(pointer, "\"\(long.dropFirst())\\u0061\""), .invalidValue, pointer)
    }

    @Test(arguments: texts + [(.appDownload, "/data/units"), (.appDownload, "/data")])
    func `a known member stands there once`(type: EventType, pointer: String) {
        let draft = Draft.of(type)
        if pointer == "/data" {
            let twice = draft.adding(pointer, "{}").adding(pointer, "{}")
            return check(twice, .duplicateMember, pointer)
        }
        let once = draft.setting(pointer, "null")
        check(once.adding(pointer, "null"), .duplicateMember, pointer)
        check(draft.setting(pointer, #""x""#).adding(pointer, "7"), .duplicateMember, pointer)
        // The same name with an escape is the same member.
        let name = String(pointer.split(separator: "/").last ?? "")
        let escaped =
            pointer.dropLast(name.count) + "\\u00"
            + String(name.utf8.first ?? 0, radix: 16) + name.dropFirst()
        check(once.adding(String(escaped), "null"), .duplicateMember, pointer)
    }

    @Test(
        arguments: [
            (.appDownload, "/specversion", ["", "1", "1.1", "0.3", "1.0 ", "1.00"]),
            (.appDownload, "/id", [""]), (.appDownload, "/source", [""]),
            (.appDownload, "/subject", [""]), (.appDownload, "/partitionkey", [""]),
            (.appDownload, "/dataschema", [""]), (.appDownload, "/datacontenttype", [""]),
            (
                .appDownload, "/time",
                [
                    "", "now", "2020-03-01", "2020-03-01T12:34:56", "2020-03-01 12:34:56Z",
                    "2020-03-01T12:34:60Z", "2021-02-29T00:00:00Z", "1583066096",
                    "2020-03-01T24:00:00Z",
                ]
            ),
            (
                .appDownload, "/data/store",
                [
                    "", "Apple", "apple store", "-apple", "app_le", "äpple", "apple.com",
                    String(repeating: "a", count: 65),
                ]
            ),
            (
                .appDownload, "/data/appId",
                [
                    "", "com example", "com.exämple", "支付宝", " com",
                    String(repeating: "a", count: 256),
                ]
            ),
            (
                .appDownload, "/data/storeAppId",
                ["", "12a", "-1", "1.0", " 1", "١", String(repeating: "1", count: 21)]
            ),
            (.appDownload, "/data/country", ["", "us", "USA", "U", "UK", "AA", "XX", "U\u{15E}"]),
            (.appDownload, "/data/acquisition", ["", "First-Time", "first_time", "download"]),
            (
                .appDownload, "/data/periodEnd",
                [
                    "", "2020-03-01", "2020-03-01T12:34:56.789Z", "2020-03-01T12:34:56Z",
                    "2020-03-02T12:34:56.789001Z", "2020-03-01T13:34:56+02:00",
                ]
            ),
            (
                .paymentTransaction, "/data/amount",
                [
                    "", "-1", "+1", "1.", ".1", "01", "1e3", "1,50", "1 ", "0.1234567890",
                    "1234567890123456789", "NaN", "12.5.0", "$1",
                ]
            ),
            (
                .paymentTransaction, "/data/currency",
                ["", "usd", "US", "USDT", "XXX", "XTS", "U D"]
            ),
            (.paymentTransaction, "/data/status", ["", "Captured", "authorized", "done"]),
            (.paymentTransaction, "/data/payerCountry", ["", "gb", "GBR", "UK"]),
            (.paymentTransaction, "/data/payeeCountry", ["", "gb", "00", "QQ"]),
            (.paymentTransaction, "/data/transactionId", [""]),
            (.paymentTransaction, "/data/paymentMethod", [""]),
            (.paymentTransaction, "/data/counterpartyAppId", ["", "a b", "é"]),
            (.appPurchase, "/data/transactionId", [""]),
            (.appPurchase, "/data/paymentMethod", [""]),
            (.appPurchase, "/data/status", ["paid"]), (.appPurchase, "/data/amount", ["-0.99"]),
            (.appPurchase, "/data/currency", ["EURO"]),
        ] as [(EventType, String, [String])]
    )
    func `a text outside the contract is told with what it should be`(
        type: EventType,
        pointer: String,
        values: [String]
    ) {
        for value in values {
            check(Draft.of(type).setting(pointer, "\"\(value)\""), .invalidValue, pointer)
        }
    }

    @Test(
        arguments: [
            ("0", .invalidValue), ("-0", .invalidValue), ("5.0", .invalidValue),
            ("1e2", .invalidValue),
            ("0.5", .invalidValue), ("9007199254740992", .invalidValue),
            ("-9007199254740992", .invalidValue), ("99999999999999999999", .invalidValue),
            ("10000000000000000", .invalidValue), (#""5""#, .wrongType), ("true", .wrongType),
            ("[1]", .wrongType), ("{}", .wrongType),
        ] as [(String, Rejection.Reason)]
    )
    func `units are a whole number that is not 0`(json: String, reason: Rejection.Reason) {
        check(Draft.download.setting("/data/units", json), reason, "/data/units")
    }

    @Test(arguments: [
        "cordon.app", "cordon.app.downloads", "Cordon.App.Download", "cordon.payment.transactiom",
        "cordon.transaction.flagged", "x", "com.example.something.quite.long.indeed",
    ])
    func `another type is unknown`(name: String) {
        check(Draft.download.setting("/type", "\"\(name)\""), .unknownType, "/type")
    }

    @Test(arguments: [
        "text/plain", "application/xml", "application/cloudevents+avro", "json", "a/b/c+json",
    ])
    func `data declared as something else than JSON are refused`(type: String) {
        check(
            Draft.download.setting("/datacontenttype", "\"\(type)\""),
            .unsupportedContentType,
            "/datacontenttype"
        )
    }

    @Test(arguments: [
        "application/json", "application/json; charset=utf-8", "text/json", "Application/X+JSON",
    ])
    func `data declared as JSON are read`(type: String) {
        let draft = Draft.download.setting("/datacontenttype", "\"\(type)\"")
        #expect(rejection(of: Array(draft.text.utf8)) == nil)
    }

    @Test func `data are an object in the event itself`() {
        for json in ["[]", "1", "true", #""{}""#] {
            check(Draft.download.setting("/data", json), .wrongType, "/data")
        }
        check(Draft.download.setting("/data", "{}"), .missingMember, "/data/store")
        for json in [#""AAAA""#, "5"] {
            check(
                Draft.download.setting("/data_base64", json),
                .unsupportedContentType,
                "/data_base64"
            )
        }
    }

    @Test func `the detail says what was found`() {
        let cases: [(Draft, String)] = [
            (Draft.download.removing("/id"), "id is required, found nothing"),
            (Draft.download.setting("/id", "null"), "id is required, found null"),
            (Draft.download.setting("/id", "5"), "expected a text, found the number 5"),
            (Draft.download.setting("/id", "true"), "expected a text, found true"),
            (Draft.download.setting("/id", "[1]"), "expected a text, found an array"),
            (
                Draft.download.setting("/data/country", #""us""#),
                "expected a country of ISO 3166-1 alpha-2, XK or ZZ, found \"us\""
            ),
            (
                Draft.download.setting("/data/acquisition", #""new""#),
                "expected one of first-time, redownload, update, found \"new\""
            ),
            (Draft.download.adding("/id", "1"), "expected id once, found it more often"),
        ]
        for (draft, detail) in cases {
            #expect(rejection(of: Array(draft.text.utf8))?.detail == detail)
        }
    }
}
