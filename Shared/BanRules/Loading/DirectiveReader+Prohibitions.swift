internal import Yams

/// What a prohibition may refer to.
struct ProhibitionScope {
    var targets: [String]
    var lifecycle: Lifecycle?
    var timeZone: String?
}

extension DirectiveReader {
    mutating func prohibitions(_ fields: Fields, in scope: ProhibitionScope) -> [Prohibition] {
        let nodes = list(fields, "prohibitions")
        if nodes.isEmpty, let node = fields.values["prohibitions"], node.sequence != nil {
            report("the directive forbids nothing", at: node)
        }
        var ids: Set<String> = []
        return nodes.compactMap { prohibition($0, ids: &ids, in: scope) }
    }

    private mutating func prohibition(
        _ node: Node,
        ids: inout Set<String>,
        in scope: ProhibitionScope
    ) -> Prohibition? {
        guard
            let fields = fields(
                node,
                of: "a prohibition",
                required: ["id", "title", "acts", "targets"],
                optional: ["citation", "lifecycle"]
            )
        else { return nil }
        let id = slug(fields, "id")
        if let id, !ids.insert(id.value).inserted {
            report("the prohibition `\(id.value)` stands twice in the directive", at: id.node)
        }
        let title = text(fields, "title")
        let citation = text(fields, "citation")
        let acts = acts(fields)
        let targets = references(fields, to: scope.targets)
        let own = lifecycle(fields, "lifecycle", zone: scope.timeZone)
        guard let id, let title else { return nil }
        // Without a readable lifecycle there are problems already, and nothing comes out.
        return Prohibition(
            id: id.value,
            title: title.value,
            citation: citation?.value,
            scope: (acts, targets),
            lifecycle: own,
            directive: scope.lifecycle ?? Lifecycle(intervals: [])
        )
    }

    private mutating func acts(_ fields: Fields) -> [Act] {
        let words = texts(fields, "acts")
        if let node = fields.values["acts"], node.sequence?.isEmpty ?? false {
            report("the prohibition covers no act", at: node)
        }
        var acts: [Act] = []
        for text in words {
            guard let act = word(text, called: "act", Act.self) else { continue }
            if acts.contains(act) {
                report("the act `\(text.value)` is listed twice", at: text.node)
            } else {
                acts.append(act)
            }
        }
        return acts
    }

    /// The targets that a part of the directive is about: ids, or the word `all`.
    mutating func references(_ fields: Fields, to known: [String]) -> [String] {
        if fields.values["targets"]?.scalar?.string == "all" { return known }
        let references = texts(fields, "targets")
        if let node = fields.values["targets"], node.sequence?.isEmpty ?? false {
            report("the list of targets is empty", at: node)
        }
        var targets: [String] = []
        for reference in references {
            if !known.contains(reference.value) {
                report("unknown target `\(reference.value)`", at: reference.node)
            } else if targets.contains(reference.value) {
                report("the target `\(reference.value)` is listed twice", at: reference.node)
            } else {
                targets.append(reference.value)
            }
        }
        return targets
    }
}
