import Testing

@testable import BanRules

struct ResemblanceTests {
    private func matches(
        _ names: [String],
        _ member: String,
        _ text: String
    ) throws -> [Match] {
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        let stage = try Stage(SampleDirective.replacing("[Chat One]", with: "[\(list)]"))
        let isPayment = member == "merchantName"
        return try stage.verdicts(on: [
            "type": isPayment ? "cordon.payment.transaction" : "cordon.app.download",
            "time": "2021-02-01T00:00:00Z", isPayment ? "payerCountry" : "country": "US",
            member: text,
        ]).flatMap(\.matches)
    }

    /// 0.85 times the factor of each deviation.
    @Test(arguments: [
        ("CamScanner", "Cam Scanner", 0.825), ("CamScanner", "CаmScаnner", 0.808),
        ("CamScanner", "C4m Scanner", 0.783), ("CamScanner", "CamScaner", 0.765),
        ("CamScanner", "Cam Scaner", 0.742), ("CamScanner", "CamScnaner", 0.765),
        ("Cam Scanner", "CamScanner", 0.825), ("Alipay", "AIipay", 0.808),
        ("Alipay", "A1ipay", 0.808), ("TikTok", "T1kTok", 0.808), ("Alipay", "Allipay", 0.765),
        ("支付宝", "支 付宝", 0.825),
    ])
    func `each deviation costs its share of the score`(
        _ name: String,
        _ text: String,
        _ score: Double
    ) throws {
        let found = try matches([name], "appName", text)
        #expect(found.map(\.method) == [.fuzzyName], "\(text)")
        #expect(found.map(\.score) == [score], "\(text)")
    }

    @Test(arguments: [
        ("CamScanner", "CamCard"), ("CamScanner", "Cam Scan"), ("CamScanner", "CamScanner 5"),
        ("CamScanner", "CamScanner+"), ("CamScanner", "Scam Scanners"), ("Alipay", "allPay"),
        ("Alipay", "Kalipay"), ("Alipay", "Alipax"), ("QQ", "Q Q"), ("QQ", "QQQ"),
        ("VMate", "iMate"), ("TikTok", "TickTick"), ("QQ Music", "Q Music"),
        ("WeChat Pay", "WhatsApp Pay"), ("支付宝", "支付"),
        ("Alipay", "Pay with Alipay"), ("Chat", "Ch at"),
    ])
    func `a name that says something else is not taken for it`(_ name: String, _ text: String)
        throws
    {
        #expect(try matches([name], "appName", text).isEmpty)
    }

    @Test(arguments: [
        ("ALIPAY*TAOBAO HANGZHOU", ["Alipay"]), ("PAYPAL *ALIPAY", ["Alipay"]),
        ("支付宝（中国）网络技术有限公司", ["支付宝"]), ("向支付宝付款", ["支付宝"]),
        ("WECHAT PAY HK LTD", ["WeChat Pay"]), ("WeChat shop", ["WeChat"]),
        ("qq钱包充值", ["QQ钱包"]), ("MALIPAYS LTD", []), ("ALIPAY+ SINGAPORE", []),
        ("ALI PAY MARKET", []), ("A QQ CAFE", []), ("Chat Holdings Ltd. Boston", ["Chat"]),
    ])
    func `within a text only whole words count, and the longest name`(
        _ text: String,
        _ expected: [String]
    ) throws {
        let names = ["Alipay", "支付宝", "WeChat Pay", "WeChat", "QQ钱包", "QQ"]
        for (index, name) in names.enumerated() {
            // One target a name, so that it shows which one was met.
            let others = names.enumerated().filter { $0.offset != index }.map(\.element)
            let rest = others.map { "\"\($0)\"" }.joined(separator: ", ")
            let directive = SampleDirective.replacing("[Chat One]", with: "[\(rest)]")
                .replacingFirst(
                    "prohibitions:",
                    with: "  - {id: one, title: One, names: [\"\(name)\"]}\nprohibitions:"
                )
            let verdicts = try Stage(directive).verdicts(on: [
                "type": "cordon.payment.transaction", "time": "2021-02-01T00:00:00Z",
                "payerCountry": "US", "merchantName": text,
            ])
            #expect(
                verdicts.map(\.target).contains("one") == expected.contains(name),
                "\(name) in \(text)"
            )
            #expect(verdicts.flatMap(\.matches).allSatisfy { $0.method == .fuzzyName })
            #expect(verdicts.isEmpty == expected.isEmpty)
        }
    }

    @Test func `a resemblance alone is never more than a review`() throws {
        let stage = try Stage(SampleDirective.text)
        let fuzzy = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z", "country": "US",
            "appName": "ChatOne",
        ])
        #expect(fuzzy.map(\.disposition) == [.review])
        #expect(fuzzy.map(\.state) == [.inForce])
        #expect(fuzzy.map(\.reason) == [nil])
        let both = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z", "country": "US",
            "appName": "ChatOne", "appId": "com.example.chat",
        ])
        #expect(both.map(\.disposition) == [.prohibited])
        #expect(both.first?.matches.map(\.method) == [.appID, .fuzzyName])
    }

    @Test func `a long text is searched within a bound, and equality is not bounded`() throws {
        let filler = String(repeating: "word ", count: 400)
        #expect(try matches(["Alipay"], "merchantName", "Alipay " + filler).count == 1)
        #expect(try matches(["Alipay"], "merchantName", filler + "Alipay").isEmpty)
        #expect(try matches([filler], "merchantName", filler).map(\.method) == [.name])
    }

    // MARK: - Companies

    private static let companies = SampleDirective.replacing(
        "targets:\n  - id: chat",
        with: """
            entities:
              - {id: top, names: [Top Ltd.]}
              - id: middle
                names: [Middle Inc.]
                owners: [{entity: top, share: 50.1, citation: c}]
              - id: low
                names: [Low LLC]
                owners:
                  - {entity: middle, share: majority, from: 2021-01-01, to: 2022-01-01, citation: c}
              - id: minor
                names: [Minor LLC]
                owners: [{entity: top, share: 50, citation: c}]
            targets:
              - id: chat
            """
    ).replacing(
        "entities: [Chat Holdings Ltd.]",
        with: "entities: [{entity: top, subsidiaries: included}]"
    )

    @Test(arguments: [
        ("Top Ltd.", "2021-06-01", true), ("Middle Inc.", "2021-06-01", true),
        ("Low LLC", "2021-06-01", true), ("Minor LLC", "2021-06-01", false),
        ("Low LLC", "2020-12-31", false), ("Low LLC", "2022-06-01", false),
    ])
    func `a majority makes a subsidiary, through others and while it is held`(
        _ publisher: String,
        _ day: String,
        _ isHeld: Bool
    ) throws {
        let verdicts = try Stage(Self.companies).verdicts(on: [
            "type": "cordon.app.download", "time": day + "T12:00:00Z", "country": "US",
            "publisher": publisher,
        ])
        #expect(verdicts.isEmpty != isHeld)
        #expect(verdicts.flatMap(\.matches).allSatisfy { $0.method == .entity })
    }

    @Test func `subsidiaries count only where the directive says so`() throws {
        let alone = Self.companies.replacing(", subsidiaries: included", with: "")
        for (publisher, count) in [("Top Ltd.", 1), ("Middle Inc.", 0)] {
            let verdicts = try Stage(alone).verdicts(on: [
                "type": "cordon.app.download", "time": "2021-06-01T12:00:00Z", "country": "US",
                "publisher": publisher,
            ])
            #expect(verdicts.count == count)
        }
    }

    // MARK: - False matches

    @Test(arguments: [
        ("Chat-One", "com.example.other", "2021-06-01", 0),
        ("Chat One", "com.example.other", "2023-01-01", 1),
        ("ChatOne", "com.example.other", "2021-06-01", 1),
        ("ChatOne", "COM.EXAMPLE.HARMLESS", "2021-06-01", 0),
        ("Chat One", "com.example.chat", "2021-06-01", 1),
    ])
    func `a known false match is passed over until it expires, an id never`(
        _ name: String,
        _ appID: String,
        _ day: String,
        _ count: Int
    ) throws {
        let text =
            SampleDirective.text + """
                falseMatches:
                  - targets: [chat]
                    texts: [chat one]
                    appIds: [com.example.harmless]
                    reason: A bakery of the same name.
                    author: A. Officer
                    expires: 2022-01-01

                """
        let stage = try Stage(text)
        var screener = Screener(stage.index)
        let verdicts = try stage.verdicts(
            on: [
                "type": "cordon.app.download", "time": day + "T12:00:00Z", "country": "US",
                "appName": name, "appId": appID,
            ],
            by: &screener
        )
        #expect(verdicts.count == count)
        let isKnown = day < "2022" && (name != "ChatOne" || appID != "com.example.other")
        #expect(screener.falseMatchCount == (isKnown ? 1 : 0))
        #expect(verdicts.flatMap(\.matches).allSatisfy { $0.method == .appID } || !isKnown)
    }
}
