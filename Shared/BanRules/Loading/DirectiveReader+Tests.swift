internal import Yams

extension DirectiveReader {
    mutating func tests(_ fields: Fields, prohibitions: Set<String>, targets: Set<String>)
        -> [DirectiveTest]
    {
        var names: Set<String> = []
        var tests: [DirectiveTest] = []
        for node in list(fields, "tests") {
            guard
                let fields = self.fields(
                    node,
                    of: "a test",
                    required: ["name", "event", "expect"],
                    optional: ["each"]
                )
            else { continue }
            let name = text(fields, "name")
            if let name, !names.insert(name.value).inserted {
                report("the test `\(name.value)` stands twice in the directive", at: name.node)
            }
            let each = each(fields)
            let event = event(fields, besides: each)
            let expected = expectations(fields, prohibitions: prohibitions, targets: targets)
            guard let name else { continue }
            tests.append(
                DirectiveTest(
                    name: name.value,
                    each: each,
                    event: event,
                    expected: expected,
                    line: node.mark?.line ?? 1
                )
            )
        }
        return tests
    }

    /// The members that take several values in turn.
    private mutating func each(_ fields: Fields) -> [DirectiveTest.Variation] {
        guard let node = fields.values["each"] else { return [] }
        guard let mapping = node.mapping, !mapping.isEmpty else {
            report("`each` must be a mapping of an event's members to lists of values", at: node)
            return []
        }
        var variations: [DirectiveTest.Variation] = []
        for (key, list) in mapping {
            guard let name = text(key, called: "a member's name") else { continue }
            guard let sequence = list.sequence, !sequence.isEmpty else {
                report("`\(name.value)` in `each` must be a list of values", at: list)
                continue
            }
            let values = sequence.compactMap {
                text($0, called: "a value of `\(name.value)`")?.value
            }
            variations.append(.init(name: name.value, values: values))
        }
        let count = variations.reduce(1) { $0.multipliedReportingOverflow(by: $1.values.count).0 }
        if count > DirectiveTest.caseLimit || count <= 0 {
            report("`each` makes more than \(DirectiveTest.caseLimit) events", at: node)
            return []
        }
        return variations
    }

    private mutating func event(_ fields: Fields, besides each: [DirectiveTest.Variation])
        -> [DirectiveTest.EventMember]
    {
        guard let node = fields.values["event"] else { return [] }
        guard let mapping = node.mapping else {
            report("`event` must be a mapping of the event's members", at: node)
            return []
        }
        var members: [DirectiveTest.EventMember] = []
        for (key, value) in mapping {
            guard let name = text(key, called: "a member's name") else { continue }
            guard let value = text(value, called: "`\(name.value)`") else { continue }
            if each.contains(where: { $0.name == name.value }) {
                report("`\(name.value)` stands in `each` too", at: key)
            }
            if name.value == "units", Int64(value.value) == nil {
                report("`units` must be an integer", at: value.node)
            }
            members.append(.init(name: name.value, value: value.value))
        }
        let names = Set(members.map(\.name) + each.map(\.name))
        for required in ["type", "time"] where !names.contains(required) {
            report("the event of a test lacks `\(required)`", at: node)
        }
        return members
    }

    private mutating func expectations(
        _ fields: Fields,
        prohibitions: Set<String>,
        targets: Set<String>
    ) -> [DirectiveTest.Expectation] {
        if fields.values["expect"]?.scalar?.string == "none" { return [] }
        return list(fields, "expect").compactMap {
            expectation($0, prohibitions: prohibitions, targets: targets)
        }
    }

    private mutating func expectation(
        _ node: Node,
        prohibitions: Set<String>,
        targets: Set<String>
    ) -> DirectiveTest.Expectation? {
        guard
            let fields = fields(
                node,
                of: "an expected verdict",
                required: ["prohibition", "target", "disposition"],
                optional: ["reason", "state", "since", "method"]
            )
        else { return nil }
        let prohibition = text(fields, "prohibition")
        let target = text(fields, "target")
        if let prohibition, !prohibitions.contains(prohibition.value) {
            report("unknown prohibition `\(prohibition.value)`", at: prohibition.node)
        }
        if let target, !targets.contains(target.value) {
            report("unknown target `\(target.value)`", at: target.node)
        }
        let disposition = word(fields, "disposition", Disposition.self)
        let reason = word(fields, "reason", ReviewReason.self)
        let state = word(fields, "state", LegalState.self)
        let since = instant(fields, "since", clock: .utc)
        let method = word(fields, "method", MatchMethod.self)
        guard let prohibition, let target, let disposition else { return nil }
        return DirectiveTest.Expectation(
            prohibition: prohibition.value,
            target: target.value,
            disposition: disposition,
            reason: reason,
            state: state,
            since: since?.value.utc,
            method: method
        )
    }
}
