internal import Events

extension Screener {
    /// Turns the hits of one event into verdicts, one for each prohibition and target.
    mutating func judge(
        _ event: ScannedEvent,
        payload: RawSpan,
        scanner: borrowing EventScanner,
        into verdicts: inout [Verdict]
    ) {
        let act = Act(event)
        let periodEnd = event.periodEnd ?? event.time
        let uses = index.uses
        hits.removeAll { hit in !uses[Int(hit.use)].holds(at: event.time) }
        hits.sort { left, right in
            let targets = (uses[Int(left.use)].target, uses[Int(right.use)].target)
            return (targets.0, right.score, left.field.rawValue)
                < (targets.1, left.score, right.field.rawValue)
        }
        var start = 0
        while start < hits.count {
            let number = index.targets[target(hits[start])].directive
            var end = start
            while end < hits.count, index.targets[target(hits[end])].directive == number {
                end += 1
            }
            defer { start = end }
            let indexed = index.directives[number]
            guard indexed.mayApply(from: event.time, to: periodEnd) else { continue }
            var groups: [MatchedTarget]?
            // By position, as a prohibition is much to copy.
            for position in indexed.directive.prohibitions.indices
            where indexed.covers(act, prohibition: position) {
                guard
                    let ruling = Ruling(
                        of: indexed.directive.prohibitions[position].effectiveLifecycle,
                        in: indexed.directive.jurisdiction,
                        on: event
                    )
                else { continue }
                let rule = AppliedRule(
                    indexed: indexed,
                    position: position,
                    act: act,
                    ruling: ruling
                )
                let known =
                    groups
                    ?? self.groups(start..<end, indexed, event, payload: payload, scanner: scanner)
                groups = known
                for group in known
                where indexed.covers(target: group.position, prohibition: position) {
                    verdicts.append(rule.verdict(on: event, group))
                }
            }
        }
    }

    private func target(_ hit: Hit) -> Int { Int(index.uses[Int(hit.use)].target) }

    /// The hits of a directive by target, without those that are known to be false.
    private mutating func groups(
        _ range: Range<Int>,
        _ indexed: IndexedDirective,
        _ event: ScannedEvent,
        payload: RawSpan,
        scanner: borrowing EventScanner
    ) -> [MatchedTarget] {
        let appIDs =
            indexed.falseMatches.isEmpty
            ? []
            : [event.appID, event.storeAppID, event.counterpartyAppID].filter { !$0.isAbsent }
                .map { scanner.string($0, in: payload) }
        var groups: [MatchedTarget] = []
        for hit in hits[range] {
            let position = index.targets[target(hit)].position
            let value = scanner.string(hit.field.range(in: event), in: payload)
            let isByName = hit.method != .appID && hit.method != .paymentMethod
            let isFalse = indexed.falseMatches.silences(
                target: position,
                text: value,
                appIDs: appIDs,
                at: event.time
            )
            if isByName, isFalse {
                falseMatchCount += 1
                continue
            }
            if groups.last?.position != position {
                groups.append(MatchedTarget(position: position))
            }
            let match = FieldMatch(
                field: hit.field,
                value: value,
                method: hit.method,
                deviations: hit.deviations,
                holder: index.uses[Int(hit.use)].holding?.holder
            )
            groups[groups.count - 1].add(match)
        }
        return groups
    }
}

/// A target that an event met, with everything that met it, strongest first.
struct MatchedTarget {
    /// Position of the target in its directive.
    var position: Int
    private(set) var matches: [FieldMatch] = []

    init(position: Int) {
        self.position = position
    }

    /// Adds a match unless the same member met the target in the same way already, more strongly.
    mutating func add(_ match: FieldMatch) {
        let isKnown = matches.contains { $0.field == match.field && $0.method == match.method }
        if !isKnown { matches.append(match) }
    }

    /// Whether nothing but the resemblance of a name points to the target.
    var isFuzzyOnly: Bool { matches.allSatisfy { $0.method == .fuzzyName } }
}

/// A match that still knows which member it is about.
struct FieldMatch {
    var field: EventField
    var value: String
    var method: MatchMethod
    var deviations: Deviations
    /// The company named by the target, if the match is a company that it held.
    var holder: String?

    var score: Double { method == .fuzzyName ? deviations.score : method.score }
}

/// A prohibition that applies to an event, whatever the target.
struct AppliedRule {
    var indexed: IndexedDirective
    /// Index of the prohibition in the directive.
    var position: Int
    var act: Act
    var ruling: Ruling

    var directive: Directive { indexed.directive }
    var prohibition: Prohibition { directive.prohibitions[position] }

    func verdict(on event: ScannedEvent, _ matched: MatchedTarget) -> Verdict {
        let target = indexed.directive.targets[matched.position]
        let explanation = Explanation(
            rule: self,
            target: target,
            matched: matched,
            time: event.time,
            periodEnd: event.periodEnd,
            units: event.type == .appDownload ? event.units : 1
        )
        return Verdict(
            directive: indexed.reference,
            prohibition: indexed.directive.prohibitions[position].id,
            target: target.id,
            disposition: matched.isFuzzyOnly ? .review : ruling.disposition,
            reason: ruling.reason,
            state: ruling.interval.state,
            interval: ruling.interval,
            jurisdictionCountry: ruling.place.country.description,
            jurisdictionField: ruling.place.field,
            matches: matched.matches.map {
                Match(field: $0.field.pointer, value: $0.value, method: $0.method, score: $0.score)
            },
            explanation: explanation.sentence
        )
    }
}
