import Testing

@testable import BanRules

struct ExplanationTests {
    @Test func `one sentence says what, where, when, by what and under which law`() throws {
        let verdicts = try Stage(RuleSet.shipped()).verdicts(on: [
            "type": "cordon.app.purchase", "time": "2021-03-01T12:00:00Z", "country": "PR",
            "appId": "com.eg.android.AlipayGphone", "paymentMethod": "alipay",
            "appName": "Alipay",
        ])
        #expect(
            verdicts.map(\.explanation) == [
                "A purchase in country PR on 2021-03-01 07:00:00 (America/New_York) needs review:"
                    + " the app id “com.eg.android.AlipayGphone” (exact app id, score 1), the"
                    + " payment method “alipay” (exact payment-method code, score 0.98) and the app"
                    + " name “Alipay” (exact name or alias, score 0.9) point to Alipay, named in"
                    + " “Addressing the Threat Posed by Applications and Other Software Developed"
                    + " or Controlled by Chinese Companies” (Executive Order 13971, 86 FR 1249);"
                    + " its prohibition “Transactions with persons that develop or control the"
                    + " named apps, as identified” (s. 1(a)) was then effective with nothing"
                    + " identified under it yet (unimplemented), since 2021-02-19"
                    + " (America/New_York), under Executive Order 13971, s. 1(a) and (e),"
                    + " 86 FR 1249; before 2021-01-05 (America/New_York) it would have meant no"
                    + " flag."
            ]
        )
    }

    @Test func `an unknown country is said to be unknown, the known one is named`() throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.payment.transaction", "time": "2021-03-01T12:00:00Z",
            "paymentMethod": "chat_pay", "payerCountry": "CN",
        ])
        let sentence = try #require(verdicts.first?.explanation)
        #expect(sentence.hasPrefix("A payment from country CN to an unknown country on 2021-03-01"))
        #expect(
            sentence.hasSuffix(
                "; whether it lies in the jurisdiction, United States, can be neither shown nor"
                    + " excluded without the payee's country; a payee's country outside of the"
                    + " jurisdiction would have meant no flag."
            )
        )
    }

    @Test func `a roll-up over a border tells its units, its period and every state`() throws {
        let verdicts = try Stage(RuleSet.shipped()).verdicts(on: [
            "type": "cordon.app.download", "time": "2021-01-04T12:00:00Z", "country": "US",
            "periodEnd": "2021-01-05T12:00:00Z", "appId": "com.tencent.mqq", "units": "40",
        ])
        let sentence = try #require(verdicts.first?.explanation)
        #expect(
            sentence.hasPrefix(
                "40 downloads in country US in the period from 2021-01-04 07:00:00 to"
                    + " 2021-01-05 07:00:00 (America/New_York) need review: "
            )
        )
        #expect(
            sentence.contains(
                "was, over that period, not yet issued, then signed but not yet effective (pending)"
                    + " from 2021-01-05 (America/New_York) on, under Executive Order 13971"
            )
        )
        #expect(
            sentence.hasSuffix(
                "; the part before 2021-01-05 (America/New_York) alone would have meant no flag,"
                    + " and the part from then on would have needed review."
            )
        )
    }

    @Test(arguments: [
        (
            "2020-12-20T00:00:00Z",
            "from 2021-01-01 (America/New_York) on it would have been"
                + " prohibited"
        ),
        (
            "2021-01-02T00:00:00Z",
            "before 2021-01-01 (America/New_York) it would have needed"
                + " review"
        ),
        (
            "2020-06-02T00:00:00Z",
            "before 2020-06-01 (America/New_York) it would have meant no"
                + " flag"
        ),
        (
            "2023-01-01T00:00:00Z",
            "outside of the jurisdiction, United States, it would have meant"
                + " no flag"
        ),
    ])
    func `the nearest fact that would have changed the verdict ends the sentence`(
        _ time: String,
        _ ending: String
    ) throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": time, "country": "US",
            "appId": "com.example.chat",
        ])
        #expect(verdicts.first?.explanation.hasSuffix("; \(ending).") == true)
    }

    @Test func `a resemblance says in what it deviates`() throws {
        let verdicts = try Stage(RuleSet.shipped()).verdicts(on: [
            "type": "cordon.payment.transaction", "time": "2021-03-01T12:00:00Z",
            "payerCountry": "US", "payeeCountry": "HK", "merchantName": "ALIPAY*TAOBAO HANGZHOU",
        ])
        let sentence = try #require(verdicts.first?.explanation)
        #expect(sentence.hasPrefix("A payment from country US to country HK on 2021-03-01"))
        #expect(
            sentence.contains(
                "the merchant name “ALIPAY*TAOBAO HANGZHOU” (similar name, within a longer text,"
                    + " score 0.799) points to Alipay"
            )
        )
        #expect(
            sentence.hasSuffix("; a name that is not taken for Alipay would have meant no flag.")
        )
    }

    @Test func `a subsidiary is said to be one, of whom`() throws {
        let verdicts = try Stage(RuleSet.shipped()).verdicts(on: [
            "type": "cordon.app.download", "time": "2025-01-19T12:00:00Z", "country": "US",
            "publisher": "TikTok Pte. Ltd.",
        ])
        #expect(
            verdicts.first?.explanation.contains(
                "(exact company name, a subsidiary of ByteDance Ltd., score 0.95)"
            ) == true
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

    @Test func `quotation marks of the event cannot end the quotation`() throws {
        let verdicts = try Stage(SampleDirective.text).verdicts(on: [
            "type": "cordon.app.download", "time": "2021-03-01T12:00:00Z", "country": "US",
            "appName": "Chat ” One",
        ])
        #expect(verdicts.first?.explanation.contains("“Chat \" One”") == true)
    }
}
