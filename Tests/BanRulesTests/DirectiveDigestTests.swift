import Testing

@testable import BanRules

struct DirectiveDigestTests {
    @Test func `a digest has its form`() throws {
        let digest = try load(SampleDirective.text).digest
        #expect(digest.hasPrefix("sha256:"))
        #expect(digest.utf8.count == 71)
        #expect(digest.dropFirst(7).allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }

    @Test(arguments: [
        (
            "title: Sample Order\ncitation: Sample Order 1, 1 SO 1",
            "citation: Sample Order 1, 1 SO 1\ntitle: Sample Order"
        ),
        ("id: sample", "# a comment\n\nid:    \"sample\"   # another"),
        ("[US, PR]", "\n    - PR\n    - US"),
        ("[download, redownload,", "[redownload, download,"),
        ("targets: all", "targets: [chat]"),
        ("from: 2020-06-01", "from: 2020-06-01\n    to: 2021-01-01"),
        ("from: 2020-06-01", "from: {at: 2020-06-01}"),
        (
            "from: 2020-06-01",
            "from: {at: 2020-06-01T04:00:00Z, zone: America/New_York, words: 2020-06-01}"
        ),
        ("citation: Sample Order 1\n", "citation: >-\n      Sample\n      Order 1\n"),
    ])
    func `the layout of a file does not change it`(_ old: String, _ new: String) throws {
        let text = SampleDirective.replacing(old, with: new)
        #expect(text != SampleDirective.text)
        #expect(try load(text).digest == load(SampleDirective.text).digest)
    }

    @Test(arguments: [
        ("id: sample", "id: sample-2"), ("title: Sample Order", "title: Sample order"),
        ("1 SO 1", "1 SO 2"), ("title: Sample Order", "title: Sample Order\nlink: https://a.b"),
        ("Sample Office", "Office"), ("America/New_York", "America/Toronto"),
        ("name: United States", "name: The United States"), ("[US, PR]", "[US]"),
        ("id: chat", "id: chats"), ("title: Chat", "title: Chats"), ("[Chat One]", "[Chat 1]"),
        ("Holdings Ltd.", "Holdings Ltd"), ("[com.example.chat]", "[com.example.chats]"),
        ("100200300", "100200301"), ("chat.android", "chat.droid"), ("chat_pay", "chatpay"),
        ("id: everything", "id: all"), ("Every act", "All acts"), ("s. 1", "s. 2"),
        (", payment]", "]"), ("state: pending", "state: enjoined"), ("2020-06-01", "2020-06-02"),
        ("from: 2020-06-01", "from: {at: 2020-06-01, words: the first of June}"),
        ("from: 2020-06-01", "from: 2020-06-01T00:00:00"),
        ("from: 2020-06-01", "from: 2020-06-01\n    note: so"),
        ("from: 2020-06-01", "from: 2020-06-01\n    link: https://a.b"),
        (
            "targets: all",
            "targets: all\n    lifecycle: [{state: pending, from: 2020-06-01, citation: c}]"
        ),
        (
            "lifecycle:",
            "tests: [{name: t, event: {type: cordon.app.download, time: 2020-01-01T00:00:00Z},"
                + " expect: none}]\nlifecycle:"
        ),
    ])
    func `every change of content changes it`(_ old: String, _ new: String) throws {
        let text = SampleDirective.replacing(old, with: new)
        #expect(try load(text).digest != load(SampleDirective.text).digest)
    }

    @Test func `the canonical JSON is read back as the same directive`() throws {
        let own = SampleDirective.yaml(["enjoined": "2020-09-20T23:59:00-04:00"], indent: "      ")
        let texts = [
            SampleDirective.text,
            SampleDirective.replacing(
                "targets: all",
                with: "targets: all\n    lifecycle:\n\(own)"
            ),
            SampleDirective.replacing(
                "title: Sample Order",
                with: #"title: "Quotes \" \\ \t and \u00e9\u5fae""#
            ).replacingFirst(#"\t"#, with: ""),
        ]
        for text in texts {
            let directive = try load(text)
            let again = try #require(
                try RuleSet.of([("again.json", directive.canonicalJSON)]).directives.first
            )
            #expect(again.canonicalJSON == directive.canonicalJSON)
            #expect(again.digest == directive.digest)
            #expect(again.lifecycle == directive.lifecycle)
            #expect(again.prohibitions == directive.prohibitions)
            #expect(again.targets == directive.targets)
        }
    }

    @Test func `the shipped directives are read back as well`() throws {
        for directive in try RuleSet.shipped().directives {
            let again = try RuleSet.of([("again.json", directive.canonicalJSON)])
            #expect(again.directives.map(\.digest) == [directive.digest])
            #expect(again.failures() == [])
        }
    }

    @Test func `a set's digest follows its directives, not the order of files`() throws {
        let one = Array(SampleDirective.text.utf8)
        let two = Array(SampleDirective.replacing("id: sample", with: "id: other").utf8)
        let three = Array(SampleDirective.replacing("id: sample", with: "id: third").utf8)
        let set = try RuleSet.of([("1", one), ("2", two)])
        #expect(try RuleSet.of([("b", two), ("a", one)]).digest == set.digest)
        #expect(try RuleSet.of([("1", one), ("3", three)]).digest != set.digest)
        #expect(try RuleSet.of([("1", one)]).digest != set.digest)
        #expect(set.directives.map(\.id) == ["other", "sample"])
    }

    private func load(_ text: String) throws -> Directive {
        let ruleSet = try RuleSet.of([("a.yaml", Array(text.utf8))])
        return try #require(ruleSet.directives.first)
    }
}
