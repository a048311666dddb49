import Testing

@testable import BanRules

struct MatchingTests {
    private static let names = """
        [Chat One, 微信聊天, Café Chat]
        """

    @Test(arguments: [
        ("appId", "com.example.chat", "app-id"), ("appId", "COM.Example.CHAT", "app-id"),
        ("appId", "com.example.chat.android", "app-id"), ("appId", "com.example.chat2", nil),
        ("appId", "com.example.cha", nil), ("appId", "com-example-chat", nil),
        ("appId", "100200300", nil), ("appName", "Chat One", "exact-name"),
        ("appName", "CHAT-ONE!", "exact-name"), ("appName", "Ｃｈａｔ　Ｏｎｅ", "exact-name"),
        ("appName", "Chât Öne", "exact-name"), ("appName", "chat.one™", "exact-name"),
        ("appName", "微信聊天", "exact-name"), ("appName", "微信 聊天", "fuzzy-name"),
        ("appName", "Cafe Chat", "exact-name"), ("appName", "CAFE\u{301} CHAT", "exact-name"),
        ("appName", "Chat One+", nil), ("appName", "Chat One 2", nil),
        ("appName", "Chat One 5", nil),
        ("appName", "Chat", nil), ("appName", "ChatOne", "fuzzy-name"),
        ("appName", "微信", nil), ("appName", "Chat Holdings Ltd.", nil), ("appName", "!!", nil),
        ("publisher", "Chat Holdings Ltd.", "publisher-entity"),
        ("publisher", "CHAT HOLDINGS, LTD", "publisher-entity"), ("publisher", "Chat One", nil),
        ("publisher", "Chat Holdings", "fuzzy-name"), ("publisher", "Chat Holding", "fuzzy-name"),
        ("paymentMethod", "chat_pay", nil),
        ("product", "Chat One", nil),
    ])
    func `a download is recognised by what it names`(
        _ member: String,
        _ value: String,
        _ method: String?
    ) throws {
        let stage = try Stage(SampleDirective.replacing("[Chat One]", with: Self.names))
        let verdicts = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z", "country": "US",
            member: value,
        ])
        try expect(verdicts, member: member, value: value, method: method)
    }

    @Test(arguments: [
        ("paymentMethod", "chat_pay", "payment-method"),
        ("paymentMethod", "CHAT_PAY", "payment-method"), ("paymentMethod", "chatpay", nil),
        ("counterpartyAppId", "com.example.chat", "app-id"),
        ("counterpartyAppId", "100200300", "app-id"), ("counterpartyAppId", "100200301", nil),
        ("counterpartyName", "Chat Holdings Ltd", "publisher-entity"),
        ("counterpartyName", "chat one", "exact-name"),
        ("merchantName", "Chat Holdings Ltd", "publisher-entity"),
        ("merchantName", "微信聊天", "exact-name"), ("merchantName", "Chat One Bakery", "fuzzy-name"),
        ("merchantName", "Chat Onesie Bakery", nil),
        ("merchantId", "chat_pay", nil), ("vendorStatus", "chat_pay", nil),
    ])
    func `a payment is recognised by what it names`(
        _ member: String,
        _ value: String,
        _ method: String?
    ) throws {
        let stage = try Stage(SampleDirective.replacing("[Chat One]", with: Self.names))
        let verdicts = try stage.verdicts(on: [
            "type": "cordon.payment.transaction", "time": "2021-02-01T00:00:00Z",
            "payerCountry": "US", member: value,
        ])
        try expect(verdicts, member: member, value: value, method: method)
    }

    @Test(arguments: [("apple", 1), ("google", 0), ("apple2", 0), ("appla", 0)])
    func `a numeric id counts in the store it belongs to`(_ store: String, _ count: Int) throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z", "country": "US",
            "store": store, "storeAppId": "100200300",
        ])
        #expect(verdicts.count == count)
    }

    @Test func `a purchase is recognised by its payment method too`() throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.purchase", "time": "2021-02-01T00:00:00Z", "country": "US",
            "appId": "com.example.other", "paymentMethod": "Chat_Pay",
        ])
        #expect(verdicts.first?.matches.map(\.method) == [.paymentMethod])
    }

    @Test func `texts with escapes are compared as what they mean`() throws {
        // The scanner decodes these into its arena, not in place.
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z", "country": "US",
            "appName": "Chat \"One\" \\",
        ])
        #expect(verdicts.first?.matches.first?.value == "Chat \"One\" \\")
    }

    @Test func `several matches of one target are one verdict, strongest first`() throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.purchase", "time": "2021-02-01T00:00:00Z", "country": "US",
            "store": "apple", "appName": "chat one", "publisher": "Chat Holdings Ltd.",
            "paymentMethod": "chat_pay", "storeAppId": "100200300", "appId": "com.example.chat",
        ])
        let words = verdicts.map { $0.matches.map { "\($0.field) \($0.method.rawValue)" } }
        #expect(
            words == [
                [
                    "/data/appId app-id", "/data/storeAppId app-id",
                    "/data/paymentMethod payment-method", "/data/publisher publisher-entity",
                    "/data/appName exact-name",
                ]
            ]
        )
        #expect(verdicts.first?.matches.map(\.score) == [1, 1, 0.98, 0.95, 0.9])
    }

    @Test func `verdicts come by directive, prohibition and target`() throws {
        let two = SampleDirective.replacing(
            "prohibitions:",
            with: """
                  - id: able
                    title: Able
                    entities: [Chat Holdings Ltd.]
                    names: [Able]
                prohibitions:
                  - id: zeal
                    title: Zeal
                    acts: [download]
                    targets: [able, chat]
                """
        )
        let other = SampleDirective.replacing("id: sample", with: "id: a-sample")
        let stage = try Stage(two, other)
        let verdicts = try stage.verdicts(on: [
            "type": "cordon.app.download", "time": "2021-02-01T00:00:00Z", "country": "US",
            "publisher": "Chat Holdings Ltd.", "appName": "Able",
        ])
        let words = verdicts.map { "\($0.directive.id) \($0.prohibition) \($0.target)" }
        #expect(
            words == [
                "a-sample everything chat", "sample zeal chat", "sample zeal able",
                "sample everything chat", "sample everything able",
            ]
        )
        #expect(
            verdicts.map { $0.matches.count } == [1, 1, 2, 1, 2]
        )
        #expect(Set(verdicts.map(\.directive.digest)).count == 2)
    }

    private func expect(_ verdicts: [Verdict], member: String, value: String, method: String?)
        throws
    {
        guard let method else {
            #expect(verdicts.isEmpty)
            return
        }
        #expect(verdicts.count == 1)
        let match = try #require(verdicts.first?.matches.first)
        #expect(verdicts.first?.matches.count == 1)
        #expect(match.field == "/data/" + member)
        #expect(match.value == value)
        #expect(match.method.rawValue == method)
    }
}
