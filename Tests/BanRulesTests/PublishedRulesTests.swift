import Events
import Testing

@testable import BanRules

struct PublishedRulesTests {
    private func set(_ texts: String...) throws -> RuleSet {
        try RuleSet.of(texts.enumerated().map { ("\($0).yaml", Array($1.utf8)) })
    }

    private static let other = SampleDirective.replacing("id: sample", with: "id: other")
    private static let changed = SampleDirective.replacing("[US, PR]", with: "[US]")

    private func manifest(_ ruleSet: RuleSet) -> [UInt8] {
        var writer = JSONWriter()
        RuleManifest(
            ruleSet,
            publishedAt: Timestamp(rfc3339: "2026-01-01T00:00:00Z"),
            author: "A. \"Officer\""
        ).writeValue(to: &writer)
        return writer.bytes
    }

    private func take(
        _ key: String,
        _ value: [UInt8]?,
        _ offset: Int64,
        _ rules: inout PublishedRules
    ) -> PublishedRules.Change {
        let name = Array(key.utf8)
        guard let value else {
            return unsafe rules.take(key: name.span.bytes, value: nil, offset: offset)
        }
        return unsafe rules.take(
            key: name.span.bytes,
            value: value.span.bytes,
            offset: offset
        )
    }

    /// Publishes a set from an offset on; what the manifest brought.
    private func publish(
        _ ruleSet: RuleSet,
        at offset: Int64,
        into rules: inout PublishedRules
    ) -> PublishedRules.Change {
        for (index, directive) in ruleSet.directives.enumerated() {
            let place = offset + Int64(index)
            guard case .none = take(directive.id, directive.canonicalJSON, place, &rules) else {
                return .refused(offset: place, reason: "a directive alone brought something")
            }
        }
        return take(
            "set",
            manifest(ruleSet),
            offset + Int64(ruleSet.directives.count),
            &rules
        )
    }

    @Test func `a set holds from its manifest on, and is the one that was published`() throws {
        var rules = PublishedRules()
        let ruleSet = try set(SampleDirective.text, Self.other)
        guard case .switched(let release) = publish(ruleSet, at: 10, into: &rules) else {
            Issue.record("no switch")
            return
        }
        #expect(release.ruleSet.digest == ruleSet.digest)
        #expect(release.offset == 12)
        #expect(release.manifest.author == "A. \"Officer\"")
        #expect(release.manifest.publishedAt == Timestamp(rfc3339: "2026-01-01T00:00:00Z"))
        #expect(rules.current?.offset == 12)
    }

    @Test func `only what changed need be published, and what is not named leaves`() throws {
        var rules = PublishedRules()
        _ = publish(try set(SampleDirective.text, Self.other), at: 0, into: &rules)
        let next = try set(Self.changed, Self.other)
        let sample = try #require(next.directives.first { $0.id == "sample" })
        _ = take("sample", sample.canonicalJSON, 3, &rules)
        guard case .switched(let release) = take("set", manifest(next), 4, &rules) else {
            Issue.record("no switch")
            return
        }
        #expect(release.ruleSet.digest == next.digest)
        let alone = try set(Self.other)
        guard case .switched(let last) = take("set", manifest(alone), 5, &rules) else {
            Issue.record("no switch")
            return
        }
        #expect(last.ruleSet.directives.map(\.id) == ["other"])
    }

    enum Damage: CaseIterable {
        case directiveMissing, directiveOther, directiveBroken, manifestBroken, manifestGone
        case digestOther, testFails
    }

    @Test(arguments: Damage.allCases)
    func `what is not whole is refused, and the set before stays`(_ damage: Damage) throws {
        var rules = PublishedRules()
        let before = try set(SampleDirective.text)
        _ = publish(before, at: 0, into: &rules)
        let failing =
            SampleDirective.text + """
                tests:
                  - name: wrong
                    event: {type: cordon.app.download, time: 2021-02-01T00:00:00Z, country: US,
                      appId: com.example.chat}
                    expect: none

                """
        let next = try set(damage == .testFails ? failing : Self.changed, Self.other)
        for directive in next.directives
        where directive.id != "other" || damage != .directiveMissing {
            var bytes = directive.canonicalJSON
            if damage == .directiveBroken { bytes.removeLast() }
            if damage == .directiveOther, directive.id == "sample" {
                bytes = try #require(before.directives.first).canonicalJSON
            }
            _ = take(directive.id, bytes, 2, &rules)
        }
        var last: [UInt8]? = manifest(next)
        if damage == .manifestBroken { last?.removeLast() }
        if damage == .manifestGone { last = nil }
        if damage == .digestOther { last = manifest(before).map { $0 == 0x61 ? 0x62 : $0 } }
        guard case .refused(let offset, let reason) = take("set", last, 5, &rules) else {
            Issue.record("\(damage) was not refused")
            return
        }
        #expect(offset == 5)
        #expect(!reason.isEmpty)
        #expect(rules.current?.ruleSet.digest == before.digest)
        // And the next good one is taken.
        guard case .switched = publish(try set(Self.other), at: 6, into: &rules) else {
            Issue.record("a good set was refused after \(damage)")
            return
        }
    }
}
