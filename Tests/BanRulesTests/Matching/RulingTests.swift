import Testing

@testable import BanRules

struct RulingTests {
    @Test(arguments: [
        ("pending", Disposition.review), ("unimplemented", .review), ("enjoined", .review),
        ("suspended", .review), ("in-force", .prohibited), ("revoked", nil), ("expired", nil),
    ])
    func `the state at the event's time gives the disposition`(
        _ state: String,
        _ disposition: Disposition?
    ) throws {
        let stage = try Stage(
            SampleDirective.lifecycle(["pending": "2020-01-01", state: "2021-01-01"])
        )
        let verdicts = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-01-01T05:00:00Z",
            "appId": "com.example.chat", "country": "US",
        ])
        #expect(verdicts.map(\.disposition) == (disposition.map { [$0] } ?? []))
        #expect(verdicts.allSatisfy { $0.state.rawValue == state && $0.reason == nil })
    }

    @Test func `nothing is flagged before the first interval`() throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": "2020-06-01T03:59:59.999Z",
            "appId": "com.example.chat", "country": "US",
        ])
        #expect(verdicts.isEmpty)
    }

    @Test(arguments: [
        ("US", "/data/country"), ("PR", "/data/country"), ("ZZ", "/data/country"), ("CA", nil),
    ])
    func `an app event is where its country is`(_ country: String, _ field: String?) throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.purchase", "time": "2021-02-01T00:00:00Z",
            "appId": "com.example.chat", "country": country,
        ])
        #expect(verdicts.map(\.jurisdictionField) == (field.map { [$0] } ?? []))
        #expect(verdicts.allSatisfy { $0.jurisdictionCountry == country })
        let isUnknown = country == "ZZ"
        #expect(verdicts.allSatisfy { ($0.reason == .countryUnknown) == isUnknown })
        #expect(verdicts.allSatisfy { ($0.disposition == .review) == isUnknown })
    }

    @Test(
        arguments: [
            // payer, payee, the country that counts, the member it stands in
            ("US", "CN", "US", "/data/payerCountry"), ("CN", "PR", "PR", "/data/payeeCountry"),
            ("US", "PR", "US", "/data/payerCountry"), ("ZZ", "US", "US", "/data/payeeCountry"),
            (nil, "US", "US", "/data/payeeCountry"), ("ZZ", "CN", "ZZ", "/data/payerCountry"),
            ("CN", "ZZ", "ZZ", "/data/payeeCountry"), ("CN", nil, "ZZ", "/data/payeeCountry"),
            (nil, nil, "ZZ", "/data/payerCountry"), ("CN", "HK", nil, nil),
        ] as [(String?, String?, String?, String?)]
    )
    func `a payment is inside if either country is, and may be if one is unknown`(
        _ payer: String?,
        _ payee: String?,
        _ country: String?,
        _ field: String?
    ) throws {
        let stage = try Stage(SampleDirective.text)
        let verdicts =
            switch (payer, payee) {
            case (let payer?, let payee?):
                try stage.verdicts(on: [
                    "type": "cordon.payment.transaction", "time": "2021-02-01T00:00:00Z",
                    "paymentMethod": "chat_pay", "payerCountry": payer, "payeeCountry": payee,
                ])
            case (let payer?, nil):
                try stage.verdicts(on: [
                    "type": "cordon.payment.transaction", "time": "2021-02-01T00:00:00Z",
                    "paymentMethod": "chat_pay", "payerCountry": payer,
                ])
            case (nil, let payee?):
                try stage.verdicts(on: [
                    "type": "cordon.payment.transaction", "time": "2021-02-01T00:00:00Z",
                    "paymentMethod": "chat_pay", "payeeCountry": payee,
                ])
            case (nil, nil):
                try stage.verdicts(on: [
                    "type": "cordon.payment.transaction", "time": "2021-02-01T00:00:00Z",
                    "paymentMethod": "chat_pay",
                ])
            }
        #expect(verdicts.map(\.jurisdictionCountry) == (country.map { [$0] } ?? []))
        #expect(verdicts.map(\.jurisdictionField) == (field.map { [$0] } ?? []))
        #expect(verdicts.allSatisfy { ($0.reason == .countryUnknown) == (country == "ZZ") })
    }

    @Test(arguments: [
        // the states of 1 January and of 1 February 2021, 05:00 UTC; the expected flag
        ("pending", "enjoined", "review pending -"),
        ("pending", "in-force", "review pending state-change"),
        ("in-force", "suspended", "review in-force state-change"),
        ("revoked", "in-force", "review in-force state-change"),
        ("in-force", "expired", "review in-force state-change"),
        ("revoked", "expired", ""),
        ("in-force", "in-force", "prohibited in-force -"),
    ])
    func `a roll-up over a change of state is a review unless the disposition stays`(
        _ before: String,
        _ after: String,
        _ flag: String
    ) throws {
        let stage = try Stage(
            SampleDirective.lifecycle([before: "2021-01-01", after: "2021-02-01"])
        )
        let verdicts = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-01-31T06:00:00Z",
            "periodEnd": "2021-02-01T06:00:00Z", "appId": "com.example.chat", "country": "US",
        ])
        let words = verdicts.map {
            "\($0.disposition.rawValue) \($0.state.rawValue) \($0.reason?.rawValue ?? "-")"
        }
        #expect(words.joined() == flag)
        let isNamingBoth = flag.hasSuffix("state-change")
        #expect(
            verdicts.allSatisfy {
                !isNamingBoth || ($0.explanation.contains(before) && $0.explanation.contains(after))
            }
        )
    }

    @Test func `a roll-up that ends with the change of state does not touch it`() throws {
        let stage = try Stage(
            SampleDirective.lifecycle(["in-force": "2021-01-01", "revoked": "2021-02-01"])
        )
        let verdicts = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-01-31T05:00:00Z",
            "periodEnd": "2021-02-01T05:00:00Z", "appId": "com.example.chat", "country": "US",
        ])
        #expect(verdicts.map(\.disposition) == [.prohibited])
    }

    @Test func `an unknown country outweighs a change of state as the reason`() throws {
        let stage = try Stage(
            SampleDirective.lifecycle(["in-force": "2021-01-01", "revoked": "2021-02-01"])
        )
        let verdicts = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-01-31T06:00:00Z",
            "periodEnd": "2021-02-01T06:00:00Z", "appId": "com.example.chat", "country": "ZZ",
        ])
        #expect(verdicts.map(\.reason) == [.countryUnknown])
        #expect(
            verdicts.first?.explanation.contains(
                "was, over that period, in force (in-force) from 2021-01-01"
            ) == true
        )
        #expect(verdicts.first?.explanation.contains(", then revoked from 2021-02-01") == true)
    }

    @Test(arguments: [
        ("2020-12-01", "everything in-force, some enjoined"), ("2021-06-01", "some suspended"),
        ("2022-01-01", ""),
    ])
    func `a prohibition's own dates replace the directive's until that ends`(
        _ day: String,
        _ expected: String
    ) throws {
        let own = SampleDirective.yaml(
            ["enjoined": "2020-06-01", "suspended": "2021-01-01"],
            indent: "      "
        )
        let directive = SampleDirective.lifecycle([
            "in-force": "2020-06-01", "expired": "2021-12-01",
        ]).replacingFirst(
            "lifecycle:",
            with: """
                  - id: some
                    title: Some acts
                    acts: [download]
                    targets: [chat]
                    lifecycle:
                \(own)lifecycle:
                """
        )
        let verdicts = try Stage(directive).verdicts(on: [
            "type": "cordon.app.download", "time": "\(day)T12:00:00Z",
            "appId": "com.example.chat", "country": "US",
        ])
        let words = verdicts.map { "\($0.prohibition) \($0.state.rawValue)" }
        #expect(
            words.joined(separator: ", ")
                == (day == "2021-06-01" ? "everything in-force, \(expected)" : expected)
        )
    }

    @Test(arguments: [("3", 1), ("1", 1), ("-1", 0), ("-3", 0)])
    func `corrections are never flagged`(_ units: String, _ count: Int) throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z", "units": units,
            "appId": "com.example.chat", "country": "US",
        ])
        #expect(verdicts.count == count)
    }

    @Test(arguments: Act.allCases)
    func `only the acts that a prohibition lists are covered`(_ act: Act) throws {
        for covered in Act.allCases {
            let stage = try Stage(
                SampleDirective.replacing(
                    "[download, redownload, update, purchase, payment]",
                    with: "[\(covered.rawValue)]"
                )
            )
            let verdicts =
                switch act {
                case .payment:
                    try stage.verdicts(on: [
                        "type": "cordon.payment.transaction", "time": "2021-02-01T00:00:00Z",
                        "paymentMethod": "chat_pay", "payerCountry": "US",
                    ])
                case .purchase:
                    try stage.verdicts(on: [
                        "type": "cordon.app.purchase", "time": "2021-02-01T00:00:00Z",
                        "appId": "com.example.chat", "country": "US",
                    ])
                case .download, .redownload, .update:
                    try stage.verdicts(on: [
                        "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z",
                        "acquisition": act == .download ? "first-time" : act.rawValue,
                        "appId": "com.example.chat", "country": "US",
                    ])
                }
            #expect(verdicts.count == (covered == act ? 1 : 0), "\(covered)")
        }
    }
}
