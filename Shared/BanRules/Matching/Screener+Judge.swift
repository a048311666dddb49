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
        hits.sort { left, right in
            (left.target, right.method.score, left.field.rawValue)
                < (right.target, left.method.score, right.field.rawValue)
        }
        var start = 0
        while start < hits.count {
            let number = index.targets[hits[start].target].directive
            var end = start
            while end < hits.count, index.targets[hits[end].target].directive == number {
                end += 1
            }
            let indexed = index.directives[number]
            for (position, prohibition) in indexed.directive.prohibitions.enumerated()
            where indexed.covers(act, prohibition: position) {
                guard
                    let ruling = Ruling(
                        of: prohibition,
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
                for group in groups(start..<end)
                where indexed.covers(target: group.target, prohibition: position) {
                    let matches = matches(group.hits, event, payload: payload, scanner: scanner)
                    verdicts.append(rule.verdict(target: group.target, matches: matches, on: event))
                }
            }
            start = end
        }
    }

    /// The hits of a directive by target, which is given by its position in the directive.
    private func groups(_ range: Range<Int>) -> [(target: Int, hits: Range<Int>)] {
        var groups: [(target: Int, hits: Range<Int>)] = []
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, hits[end].target == hits[start].target { end += 1 }
            groups.append((index.targets[hits[start].target].position, start..<end))
            start = end
        }
        return groups
    }

    private func matches(
        _ range: Range<Int>,
        _ event: ScannedEvent,
        payload: RawSpan,
        scanner: borrowing EventScanner
    ) -> [FieldMatch] {
        var matches: [FieldMatch] = []
        for hit in hits[range] {
            let value = scanner.string(hit.field.range(in: event), in: payload)
            matches.append(FieldMatch(field: hit.field, value: value, method: hit.method))
        }
        return matches
    }
}

/// A match that still knows which member it is about.
struct FieldMatch {
    var field: EventField
    var value: String
    var method: MatchMethod
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

    func verdict(target: Int, matches: [FieldMatch], on event: ScannedEvent) -> Verdict {
        let explanation = Explanation(
            rule: self,
            target: directive.targets[target],
            matches: matches,
            time: event.time,
            periodEnd: event.periodEnd
        )
        return Verdict(
            directive: indexed.reference,
            prohibition: prohibition.id,
            target: directive.targets[target].id,
            disposition: ruling.disposition,
            reason: ruling.reason,
            state: ruling.interval.state,
            interval: ruling.interval,
            jurisdictionCountry: ruling.place.country.description,
            jurisdictionField: ruling.place.field,
            matches: matches.map {
                Match(field: $0.field.pointer, value: $0.value, method: $0.method)
            },
            explanation: explanation.sentence
        )
    }
}
