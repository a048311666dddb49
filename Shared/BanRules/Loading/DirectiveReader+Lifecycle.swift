internal import Yams

extension DirectiveReader {
    /// The lifecycle under a key; nil if the key is absent or no interval could be read.
    mutating func lifecycle(_ fields: Fields, _ key: String, zone: String?) -> Lifecycle? {
        let nodes = list(fields, key)
        guard !nodes.isEmpty else {
            if let node = fields.values[key], node.sequence != nil {
                report("the lifecycle has no interval", at: node)
            }
            return nil
        }
        let clock = zone.flatMap(LegalClock.init(zone:))
        let drafts = nodes.compactMap { draft($0, clock: clock ?? .utc) }
        judgeOrder(of: drafts)
        guard problems.isEmpty else { return nil }
        return Lifecycle(intervals: intervals(of: drafts))
    }

    private func intervals(of drafts: [IntervalDraft]) -> [LifecycleInterval] {
        var intervals: [LifecycleInterval] = []
        for (index, draft) in drafts.enumerated() {
            guard let state = draft.state, let from = draft.from?.value else { continue }
            let next = drafts.indices.contains(index + 1) ? drafts[index + 1].from?.value : nil
            intervals.append(
                LifecycleInterval(
                    state: state,
                    from: from,
                    to: next,
                    citation: draft.citation ?? "",
                    link: draft.link,
                    note: draft.note
                )
            )
        }
        return intervals
    }

    private mutating func draft(_ node: Node, clock: LegalClock) -> IntervalDraft? {
        guard
            let fields = fields(
                node,
                of: "an interval",
                required: ["state", "from", "citation"],
                optional: ["to", "link", "note"]
            )
        else { return nil }
        return IntervalDraft(
            node: node,
            state: word(fields, "state", LegalState.self),
            from: instant(fields, "from", clock: clock),
            to: instant(fields, "to", clock: clock),
            citation: text(fields, "citation")?.value,
            link: link(fields, "link"),
            note: text(fields, "note")?.value
        )
    }

    /// Intervals have to be in order, without gap or overlap, and the last one open.
    private mutating func judgeOrder(of drafts: [IntervalDraft]) {
        for (index, draft) in drafts.enumerated() {
            if draft.endsBeforeItBegins, let from = draft.from, let to = draft.to {
                report(
                    "the interval ends (\(to.value.words)) before it begins (\(from.value.words))",
                    at: to.node
                )
            }
            guard drafts.indices.contains(index + 1) else {
                if let to = draft.to {
                    report("the last interval must be open: it has no `to`", at: to.node)
                }
                return
            }
            judgeBorder(draft, drafts[index + 1])
        }
    }

    private mutating func judgeBorder(_ left: IntervalDraft, _ right: IntervalDraft) {
        guard let next = right.from else { return }
        if let from = left.from, next.value.utc <= from.value.utc {
            report(
                "the interval begins (\(next.value.words)) no later than the one before it"
                    + " (\(from.value.words))",
                at: next.node
            )
            return
        }
        guard let to = left.to, !left.endsBeforeItBegins else { return }
        if to.value.utc < next.value.utc {
            report(
                "gap in the lifecycle: nothing holds from \(to.value.words)"
                    + " to \(next.value.words)",
                at: next.node
            )
        } else if next.value.utc < to.value.utc {
            report(
                "overlap in the lifecycle: the interval begins \(next.value.words), before the"
                    + " one before it ends (\(to.value.words))",
                at: next.node
            )
        }
    }

    /// An instant: a date or a time as text, or a mapping that also keeps the zone and the words.
    mutating func instant(_ fields: Fields, _ key: String, clock: LegalClock)
        -> Located<LegalInstant>?
    {
        guard let node = fields.values[key] else { return nil }
        guard node.mapping != nil else {
            return text(fields, key).flatMap { instant($0, clock: clock) }
        }
        guard
            let parts = self.fields(
                node,
                of: "`\(key)`",
                required: ["at"],
                optional: ["zone", "words"]
            )
        else { return nil }
        var ownClock = clock
        let zone = text(parts, "zone")
        if let zone {
            guard let known = LegalClock(zone: zone.value) else {
                report("unknown time zone `\(zone.value)`", at: zone.node)
                return nil
            }
            ownClock = known
        }
        let words = text(parts, "words")
        guard let at = text(parts, "at"), var found = instant(at, clock: ownClock) else {
            return nil
        }
        found.value = LegalInstant(
            words: words?.value ?? found.value.words,
            zone: zone?.value ?? found.value.zone,
            utc: found.value.utc
        )
        return found
    }

    private mutating func instant(_ text: Located<String>, clock: LegalClock)
        -> Located<LegalInstant>?
    {
        switch clock.instant(text.value) {
        case .success(let instant): return Located(value: instant, node: text.node)
        case .failure(let fault):
            report(fault.message, at: text.node)
            return nil
        }
    }
}

/// An interval whose neighbours have not been seen yet.
private struct IntervalDraft {
    var node: Node
    var state: LegalState?
    var from: Located<LegalInstant>?
    var to: Located<LegalInstant>?
    var citation: String?
    var link: String?
    var note: String?

    var endsBeforeItBegins: Bool {
        guard let from, let to else { return false }
        return to.value.utc <= from.value.utc
    }
}
