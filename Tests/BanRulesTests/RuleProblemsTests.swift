import Events
import Testing

@testable import BanRules

struct RuleProblemsTests {
    @Test func `the sample itself loads`() throws {
        let ruleSet = try RuleSet.of([("a.yaml", Array(SampleDirective.text.utf8))])
        #expect(ruleSet.directives.map(\.id) == ["sample"])
    }

    @Test(arguments: [
        // what is replaced, by what, line:column and words of the message
        ("id: sample", "id: Sample!", "1:5: the id `Sample!` must be"),
        ("id: sample", "id: set", "1:5: the id `set` is reserved"),
        ("id: sample", "id: [sample]", "1:5: `id` must be a text"),
        ("id: sample", "id:", "1:4: `id` is empty"),
        ("id: sample\n", "", "1:1: the directive lacks `id`"),
        ("title: Sample Order", "title: A\ntitel: B", "3:1: unknown key `titel` in the directive"),
        ("title: Sample Order", "title: A\nlink: example.org", "3:7: `link` must be an address"),
        ("America/New_York", "America/New York", "6:9: unknown time zone `America/New York`"),
        ("[US, PR]", "[US, USA]", "9:19: unknown country `USA`"),
        ("[US, PR]", "[US, ZZ]", "9:19: unknown country `ZZ`"),
        ("[US, PR]", "[US, US]", "9:19: the country `US` is listed twice"),
        ("[US, PR]", "[]", "9:14: the jurisdiction has no country"),
        ("[US, PR]", "US", "9:14: `countries` must be a list"),
        ("names: [Chat One]", "names: ['!!']", "13:13: `!!` in `names` has no letter or digit"),
        ("[Chat One]", "[Chat One, CHAT-ONE]", "13:23: `CHAT-ONE` stands twice in `names`"),
        ("[com.example.chat]", "[com example]", "15:22: `com example` in `appleBundleIds` must be"),
        ("[100200300]", "[id100200300]", "16:16: `id100200300` in `appleIds` must be"),
        ("acts: [download,", "acts: [install,", "23:12: unknown act `install`; known: download,"),
        ("acts: [download,", "acts: [update,", "23:32: the act `update` is listed twice"),
        ("targets: all", "targets: [chat, chut]", "24:21: unknown target `chut`"),
        ("targets: all", "targets: []", "24:14: the list of targets is empty"),
        ("state: pending", "state: drafted", "26:12: unknown state `drafted`; known: pending,"),
        ("from: 2020-06-01", "from: 2020-06-31", "27:11: `2020-06-31` is no date"),
        ("from: 2020-06-01", "from: 1 June 2020", "27:11: `1 June 2020` is no date"),
        (
            "from: 2020-06-01", "from: 2020-06-01\n    to: 2020-05-01",
            "28:9: the interval ends (2020-05-01) before it begins (2020-06-01)"
        ),
        (
            "from: 2020-06-01", "from: 2020-06-01\n    to: 2020-12-31",
            "31:11: gap in the lifecycle: nothing holds from 2020-12-31 to 2021-01-01"
        ),
        (
            "from: 2020-06-01", "from: 2020-06-01\n    to: 2021-02-01",
            "31:11: overlap in the lifecycle: the interval begins 2021-01-01"
        ),
        (
            "from: 2021-01-01", "from: 2020-06-01",
            "30:11: the interval begins (2020-06-01) no later than the one before it"
        ),
        (
            "from: 2021-01-01", "from: 2021-01-01\n    to: 2022-01-01",
            "31:9: the last interval must be open"
        ),
        (
            "from: 2020-06-01", "from: 2020-03-08T02:30:00",
            "27:11: `2020-03-08T02:30:00` does not exist in America/New_York"
        ),
        (
            "from: 2020-06-01", "from: 2020-11-01T01:30:00",
            "27:11: `2020-11-01T01:30:00` comes twice in America/New_York"
        ),
    ])
    func `one mistake gives one message at its place`(
        _ old: String,
        _ new: String,
        _ message: String
    ) throws {
        let problems = try problems(SampleDirective.replacing(old, with: new))
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.description.hasPrefix("a.yaml:" + message) == true, "\(problems)")
    }

    @Test func `ten mistakes give ten located messages at once`() throws {
        let text = """
            id: Ten Mistakes
            title: Ten
            citation: Ten
            colour: red
            authority:
              name: Office
              zone: Mars/Olympus
            jurisdiction:
              name: Somewhere
              countries: [US, XY]
            targets:
              - id: one
                title: One
              - id: two
                title: Two
                names: [Alias]
              - id: three
                title: Three
                names: [alias]
            prohibitions:
              - id: p
                title: P
                acts: []
                targets: [four]
            lifecycle:
              - state: banned
                from: 2021-01-01
                citation: c
              - state: in-force
                from: yesterday
                citation: c

            """
        let found = try problems(text).map(\.description)
        #expect(
            found == [
                "a.yaml:1:5: the id `Ten Mistakes` must be 1 to 64 lower-case letters, digits and"
                    + " hyphens",
                "a.yaml:4:1: unknown key `colour` in the directive; known: id, title, citation,"
                    + " authority, jurisdiction, targets, prohibitions, lifecycle, link, entities,"
                    + " falseMatches, tests",
                "a.yaml:7:9: unknown time zone `Mars/Olympus`; write an IANA name such as"
                    + " America/New_York",
                "a.yaml:10:19: unknown country `XY`; write an ISO 3166-1 alpha-2 code such as US",
                "a.yaml:12:5: the target `one` has nothing that it could be recognised by",
                "a.yaml:19:13: `alias` is claimed by two targets, `two` and `three`",
                "a.yaml:23:11: the prohibition covers no act",
                "a.yaml:24:15: unknown target `four`",
                "a.yaml:26:12: unknown state `banned`; known: pending, unimplemented, enjoined,"
                    + " suspended, in-force, revoked, expired",
                "a.yaml:30:11: `yesterday` is no date; write 2021-01-05, or 2021-01-05T12:00:00,"
                    + " with an offset such as -05:00 or Z if it is not the authority's",
            ]
        )
    }

    @Test(arguments: [
        ("id: [", "broken YAML: "), ("id: a\nid: b\n", "the key `id` stands more than once"),
        ("", "the file has no content"), ("a", "the directive must be a mapping"),
        ("--- {}\n--- {}\n", "broken YAML: "), ("id: *nowhere\n", "undefined alias"),
        ("- id: a\n", "the directive must be a mapping"), ("\u{0}", "broken YAML: "),
    ])
    func `a file that is no directive at all says so`(_ text: String, _ message: String) throws {
        let found = try problems(text)
        #expect(found.count == 1)
        #expect(found.first?.message.contains(message) == true, "\(found)")
    }

    @Test func `bytes that are not UTF-8 are a problem, not a trap`() {
        #expect(throws: RuleProblems.self) {
            try RuleSet.of([("a.yaml", [0x69, 0x64, 0x3A, 0x20, 0xFF])])
        }
    }

    @Test func `problems of all files come together, by file and line`() throws {
        let first = SampleDirective.replacing("[US, PR]", with: "[UK]")
        let second = SampleDirective.replacing("state: pending", with: "state: done")
        let error = #expect(throws: RuleProblems.self) {
            try RuleSet.of([("b.yaml", Array(second.utf8)), ("a.yaml", Array(first.utf8))])
        }
        let places = error?.problems.map { "\($0.file):\($0.line)" }
        #expect(places == ["a.yaml:1", "a.yaml:9", "b.yaml:26"])
        #expect(error?.problems.first?.message == "the directive `sample` is also in b.yaml")
    }

    @Test func `an empty set is a problem`() {
        #expect(throws: RuleProblems.self) { try RuleSet(RuleFiles([])) }
    }

    @Test func `a test of a directive may only expect what the directive has`() throws {
        let tests = """
            tests:
              - name: one
                event: {type: cordon.app.download, units: many}
                expect:
                  - {prohibition: other, target: nobody, disposition: banned, method: luck}
              - name: one
                event: none
                expect: none

            """
        let found = try problems(SampleDirective.text + tests).map(\.description)
        let expected = [
            "a.yaml:34:12: the event of a test lacks `time`",
            "a.yaml:34:47: `units` must be an integer",
            "a.yaml:36:23: unknown prohibition `other`",
            "a.yaml:36:38: unknown target `nobody`",
            "a.yaml:36:59: unknown disposition `banned`; known: prohibited, review",
            "a.yaml:36:75: unknown method `luck`; known: app-id, payment-method,"
                + " publisher-entity, exact-name, fuzzy-name",
            "a.yaml:37:11: the test `one` stands twice in the directive",
            "a.yaml:38:12: `event` must be a mapping of the event's members",
        ]
        #expect(found == expected)
    }

    @Test func `companies and false matches are checked like the rest`() throws {
        let text = SampleDirective.replacing(
            "targets:\n  - id: chat",
            with: """
                entities:
                  - {id: parent, names: []}
                  - id: child
                    names: ["!"]
                    owners:
                      - {entity: child, share: 50, citation: c}
                      - {entity: nobody, share: most, citation: c}
                      - {entity: parent, share: 101, citation: c}
                      - {entity: parent, share: 51, citation: c, from: 2021-01-01, to: 2020-01-01}
                falseMatches:
                  - {targets: [chat, other], reason: r, author: a, expires: someday}
                targets:
                  - id: chat
                """
        ).replacing(
            "entities: [Chat Holdings Ltd.]",
            with: "entities: [Chat Holdings Ltd., CHAT HOLDINGS LTD, {entity: uncle}]"
        )
        let found = try problems(text).map(\.description)
        #expect(
            found == [
                "a.yaml:11:25: the entity has no name",
                "a.yaml:13:13: `!` in `names` has no letter or digit to compare",
                "a.yaml:15:18: a company cannot own itself",
                "a.yaml:16:33: unknown share `most`; write per cent such as 19.9, or majority",
                "a.yaml:17:33: unknown share `101`; write per cent such as 19.9, or majority",
                "a.yaml:18:72: the stake ends (2020-01-01) before it begins (2021-01-01)",
                "a.yaml:20:5: the false match needs `texts` or `appIds` to be known by",
                "a.yaml:20:22: unknown target `other`",
                "a.yaml:20:61: `someday` is no date; write 2021-01-05, or 2021-01-05T12:00:00,"
                    + " with an offset such as -05:00 or Z if it is not the authority's",
                "a.yaml:25:36: the company stands twice in `entities` (case, width, accents and"
                    + " punctuation do not count)",
                "a.yaml:25:64: unknown entity `uncle`",
            ]
        )
    }

    @Test func `countries, dates and numbers are read as the text they look like`() throws {
        let text = SampleDirective.replacing("[US, PR]", with: "[NO, IS]")
        let ruleSet = try RuleSet.of([("a.yaml", Array(text.utf8))])
        let directive = try #require(ruleSet.directives.first)
        #expect(directive.jurisdiction.countries.map(\.description).sorted() == ["IS", "NO"])
        #expect(directive.targets.first?.appleIDs == ["100200300"])
        #expect(directive.lifecycle.intervals.first?.from.words == "2020-06-01")
    }

    private func problems(_ text: String) throws -> [RuleProblems.Problem] {
        let error = #expect(throws: RuleProblems.self) {
            try RuleSet.of([("a.yaml", Array(text.utf8))])
        }
        return try #require(error).problems
    }
}
