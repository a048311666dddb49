import Testing

@testable import BanRules

struct ExplanationTests {
    @Test func `one sentence says what, where, when, by what and under which law`() throws {
        let verdicts = try Stage(RuleSet.shipped()).verdicts(on: [
            "type": "cordon.app.purchase", "time": "2021-03-01T12:00:00Z", "country": "PR",
            "appId": "com.eg.android.AlipayGphone", "paymentMethod": "alipay",
        ])
        #expect(
            verdicts.map(\.explanation) == [
                "A purchase in PR on 2021-03-01 (UTC) needs review: the app id"
                    + " “com.eg.android.AlipayGphone” (exact app id) and the payment method"
                    + " “alipay” (exact payment-method code) point to Alipay, named in “Addressing"
                    + " the Threat Posed by Applications and Other Software Developed or"
                    + " Controlled by Chinese Companies” (Executive Order 13971, 86 FR 1249),"
                    + " whose prohibition “Transactions with persons that develop or control the"
                    + " named apps, as identified” (s. 1(a)) was then effective with nothing"
                    + " identified under it yet (unimplemented), since 2021-02-19"
                    + " (America/New_York), under Executive Order 13971, s. 1(a) and (e),"
                    + " 86 FR 1249."
            ]
        )
    }

    @Test func `an unknown country is said to be unknown`() throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.payment.transaction", "time": "2021-03-01T12:00:00Z",
            "paymentMethod": "chat_pay", "payerCountry": "CN",
        ])
        let sentence = try #require(verdicts.first?.explanation)
        #expect(
            sentence.hasPrefix("A payment in an unknown country on 2021-03-01 (UTC) needs review")
        )
        #expect(
            sentence.hasSuffix(
                "; without the country (/data/payeeCountry) the jurisdiction, United States, can be"
                    + " neither shown nor excluded."
            )
        )
    }

    @Test func `text of the event is bounded and cannot turn the sentence around`() throws {
        let name = "Chat\u{202E}One" + String(repeating: ".", count: 500)
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": "2021-03-01T12:00:00Z", "country": "US",
            "appName": name,
        ])
        let verdict = try #require(verdicts.first)
        #expect(!verdict.explanation.unicodeScalars.contains("\u{202E}"))
        #expect(verdict.explanation.contains("“ChatOne\(String(repeating: ".", count: 73))…”"))
        #expect(verdict.matches.first?.value == name)
    }

    @Test(arguments: ["Chat\n\tOne", "Chat\u{7F}\u{2028}One"])
    func `a line break in an event's text does not break the sentence`(name: String) throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": "2021-03-01T12:00:00Z", "country": "US",
            "appName": name,
        ])
        let verdict = try #require(verdicts.first)
        #expect(verdict.explanation.contains("“Chat  One”"))
        #expect(verdict.matches.first?.value == name)
    }
}
