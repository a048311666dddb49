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
                    optional: []
                )
            else { continue }
            let name = text(fields, "name")
            if let name, !names.insert(name.value).inserted {
                report("the test `\(name.value)` stands twice in the directive", at: name.node)
            }
            let event = event(fields)
            let expected = expectations(fields, prohibitions: prohibitions, targets: targets)
            guard let name else { continue }
            tests.append(
                DirectiveTest(
                    name: name.value,
                    event: event,
                    expected: expected,
                    line: node.mark?.line ?? 1
                )
            )
        }
        return tests
    }

    private mutating func event(_ fields: Fields) -> [DirectiveTest.EventMember] {
        guard let node = fields.values["event"] else { return [] }
        guard let mapping = node.mapping else {
            report("`event` must be a mapping of the event's members", at: node)
            return []
        }
        var members: [DirectiveTest.EventMember] = []
        for (key, value) in mapping {
            guard let name = text(key, called: "a member's name") else { continue }
            guard let value = text(value, called: "`\(name.value)`") else { continue }
            if name.value == "units", Int64(value.value) == nil {
                report("`units` must be an integer", at: value.node)
            }
            members.append(.init(name: name.value, value: value.value))
        }
        for required in ["type", "time"] where !members.contains(where: { $0.name == required }) {
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
                optional: ["reason", "state", "method"]
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
        let method = word(fields, "method", MatchMethod.self)
        guard let prohibition, let target, let disposition else { return nil }
        return DirectiveTest.Expectation(
            prohibition: prohibition.value,
            target: target.value,
            disposition: disposition,
            reason: reason,
            state: state,
            method: method
        )
    }
}
