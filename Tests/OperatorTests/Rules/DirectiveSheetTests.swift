import BanRules
import Events
import Testing

@testable import Operator

@Suite struct DirectiveSheetTests {

    private func directive() throws -> Directive {
        try #require(try RuleSet.shipped().directives.first { $0.id == "us-eo-13971" })
    }

    private func sheet(at time: String) throws -> DirectiveSheet {
        DirectiveSheet(try directive(), at: try #require(Timestamp(rfc3339: time)))
    }

    @Test(arguments: [
        ("2021-01-05T04:59:59Z", "not yet signed"),
        ("2021-01-05T05:00:00Z", "pending (review) since 2021-01-05"),
        ("2021-02-19T05:00:00Z", "unimplemented (review) since 2021-02-19"),
        ("2021-06-09T04:00:00Z", "revoked (no flag) since 2021-06-09"),
    ])
    func `the state told is that of the instant asked about`(time: String, state: String) throws {
        #expect(try sheet(at: time).text.contains("\n  at \(time): \(state)\n"))
    }

    @Test func `the page has zone, UTC, citation, acts and identifiers`() throws {
        let text = try sheet(at: "2021-02-01T00:00:00Z").text
        for part in [
            "pending from 2021-01-05 (America/New_York) = 2021-01-05T05:00:00Z, "
                + "to 2021-02-19 = 2021-02-19T05:00:00Z",
            "revoked from 2021-06-09 (America/New_York) = 2021-06-09T04:00:00Z, open",
            "download, redownload, update, purchase, payment",
            "com.alipay.iphoneclient", "333206289", "支付宝", try directive().digest,
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func `JSON carries the canonical directive and the states`() throws {
        let json = try JSONValue.parse(
            Array(try sheet(at: "2021-02-01T00:00:00Z").json.utf8.dropLast())
        )
        #expect(json["state"]?.stringValue == "pending")
        #expect(json["disposition"]?.stringValue == "review")
        #expect(json.at(pointer: "/prohibitions/0/state")?.stringValue == "pending")
        #expect(json["directive"]?.canonical == (try directive().canonicalJSON))
        let before = try JSONValue.parse(
            Array(try sheet(at: "2020-02-01T00:00:00Z").json.utf8.dropLast())
        )
        #expect(before["state"] == .null)
    }

    @Test func `a summary counts what a set holds and names its digest`() throws {
        let ruleSet = try RuleSet.shipped()
        let text = RuleSummary(ruleSet).text
        #expect(text.contains("us-eo-13971"))
        #expect(text.hasSuffix("no problems in 5 directives; rule set \(ruleSet.digest)\n"))
        let identifiers = ruleSet.directives.flatMap(\.targets).flatMap { target in
            [
                target.names, target.entities.map(\.words), target.appleBundleIDs,
                target.appleIDs, target.googlePackages, target.paymentMethods,
            ].joined()
        }
        let column = text.split(separator: "\n").dropFirst().prefix(5)
            .compactMap { $0.split(separator: " ").dropFirst(2).first.flatMap { Int($0) } }
        #expect(column.reduce(0, +) == identifiers.count)
    }
}
