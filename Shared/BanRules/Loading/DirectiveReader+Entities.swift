internal import Yams

extension DirectiveReader {
    /// The companies of a directive with their owners.
    mutating func entities(_ fields: Fields, zone: String?) -> [LegalEntity] {
        let nodes = list(fields, "entities")
        var ids: Set<String> = []
        var owners: [Located<String>] = []
        let clock = zone.flatMap(LegalClock.init(zone:)) ?? .utc
        let entities = nodes.compactMap { entity($0, ids: &ids, owners: &owners, clock: clock) }
        for owner in owners where !ids.contains(owner.value) {
            report("unknown entity `\(owner.value)`", at: owner.node)
        }
        return entities
    }

    private mutating func entity(
        _ node: Node,
        ids: inout Set<String>,
        owners: inout [Located<String>],
        clock: LegalClock
    ) -> LegalEntity? {
        guard
            let fields = fields(
                node,
                of: "an entity",
                required: ["id", "names"],
                optional: ["owners"]
            )
        else { return nil }
        let id = slug(fields, "id")
        if let id, !ids.insert(id.value).inserted {
            report("the entity `\(id.value)` stands twice in the directive", at: id.node)
        }
        let names = list(fields, "names").compactMap { companyName($0, "names")?.value }
        if let node = fields.values["names"], node.sequence?.isEmpty ?? false {
            report("the entity has no name", at: node)
        }
        var stakes: [Ownership] = []
        for node in list(fields, "owners") {
            guard let (owner, stake) = ownership(node, clock: clock) else { continue }
            if owner.value == id?.value { report("a company cannot own itself", at: owner.node) }
            owners.append(owner)
            stakes.append(stake)
        }
        guard let id else { return nil }
        return LegalEntity(id: id.value, names: names, owners: stakes)
    }

    private mutating func ownership(_ node: Node, clock: LegalClock)
        -> (Located<String>, Ownership)?
    {
        guard
            let fields = fields(
                node,
                of: "an owner",
                required: ["entity", "share", "citation"],
                optional: ["from", "to"]
            )
        else { return nil }
        let owner = text(fields, "entity")
        let share = text(fields, "share")
        let citation = text(fields, "citation")
        let from = instant(fields, "from", clock: clock)
        let to = instant(fields, "to", clock: clock)
        if let from, let to, to.value.utc <= from.value.utc {
            report(
                "the stake ends (\(to.value.words)) before it begins (\(from.value.words))",
                at: to.node
            )
        }
        guard let owner, let share, let citation else { return nil }
        guard let stake = Self.stake(share.value) else {
            report(
                "unknown share `\(share.value)`; write per cent such as 19.9, or majority",
                at: share.node
            )
            return nil
        }
        let ownership = Ownership(
            owner: owner.value,
            stake: stake,
            period: (from?.value, to?.value),
            citation: citation.value
        )
        return (owner, ownership)
    }

    private static func stake(_ text: String) -> Ownership.Stake? {
        if text == "majority" { return .majority }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isDecimal =
            (1...2).contains(parts.count)
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count)
                    && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
        guard isDecimal, let value = Double(text), value > 0, value <= 100 else { return nil }
        return .percent(text)
    }

    /// A company's precise name.
    mutating func companyName(_ node: Node, _ key: String) -> Located<String>? {
        guard let name = text(node, called: "an entry of `\(key)`") else { return nil }
        guard !NameFolding.fold(name.value).isEmpty else {
            report("`\(name.value)` in `\(key)` has no letter or digit to compare", at: node)
            return nil
        }
        return name
    }

    // MARK: - False matches

    /// The matches that are known to be false.
    mutating func falseMatches(_ fields: Fields, targets: [String], zone: String?) -> [FalseMatch] {
        let clock = zone.flatMap(LegalClock.init(zone:)) ?? .utc
        return list(fields, "falseMatches").compactMap {
            falseMatch($0, targets: targets, clock: clock)
        }
    }

    private mutating func falseMatch(_ node: Node, targets: [String], clock: LegalClock)
        -> FalseMatch?
    {
        guard
            let fields = fields(
                node,
                of: "a false match",
                required: ["targets", "reason", "author", "expires"],
                optional: ["texts", "appIds"]
            )
        else { return nil }
        let references = references(fields, to: targets)
        let texts = texts(fields, "texts")
        for text in texts where NameFolding.fold(text.value).isEmpty {
            report("`\(text.value)` in `texts` has no letter or digit to compare", at: text.node)
        }
        let appIDs = self.texts(fields, "appIds").map(\.value)
        if texts.isEmpty, appIDs.isEmpty {
            report("the false match needs `texts` or `appIds` to be known by", at: node)
        }
        let reason = text(fields, "reason")
        let author = text(fields, "author")
        let expires = instant(fields, "expires", clock: clock)
        guard let reason, let author, let expires else { return nil }
        return FalseMatch(
            targets: references,
            content: (texts.map(\.value), appIDs),
            reason: reason.value,
            author: author.value,
            expires: expires.value
        )
    }
}
