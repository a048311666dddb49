internal import Events

/// One plain sentence that says why an event was flagged, for a compliance officer's file: what
/// happened, what matched and how strongly, the instrument and its state at the event's time, and
/// the smallest fact that would have changed the verdict.
struct Explanation {
    let rule: AppliedRule
    let target: Target
    let matched: MatchedTarget
    let time: Timestamp
    let periodEnd: Timestamp?
    /// How many acts the event reports.
    let units: Int64

    /// The sentence.
    var sentence: String {
        "\(opening): \(matchClause), named in \(instrument); its prohibition \(prohibition)"
            + " \(stateClause)\(reasonClause); \(smallestFact)."
    }

    // MARK: - What happened

    private var opening: String {
        let isProhibited = !matched.isFuzzyOnly && rule.ruling.disposition == .prohibited
        let verb = units == 1 ? (isProhibited ? "is" : "needs") : (isProhibited ? "are" : "need")
        return "\(acts) \(place) \(moment) \(verb) \(isProhibited ? "prohibited" : "review")"
    }

    private var acts: String {
        let noun = rule.act.rawValue
        guard units == 1 else { return "\(units) \(noun)s" }
        return rule.act == .update ? "An update" : "A \(noun)"
    }

    private var place: String {
        let names = rule.ruling.place.named.map { country in
            country.map { "country \($0)" } ?? "an unknown country"
        }
        return names.count == 2 ? "from \(names[0]) to \(names[1])" : "in \(names[0])"
    }

    private var moment: String {
        let clock = rule.indexed.clock
        guard let periodEnd, periodEnd > time else {
            return "on \(clock.reading(at: time)) (\(clock.zone))"
        }
        return "in the period from \(clock.reading(at: time)) to \(clock.reading(at: periodEnd))"
            + " (\(clock.zone))"
    }

    // MARK: - What matched

    private var matchClause: String {
        let parts = matched.matches.map { match in
            "the \(match.field.phrase) \(Quotation.of(match.value)) (\(Self.phrase(match)),"
                + " score \(Self.words(match.score)))"
        }
        let verb = parts.count == 1 ? "points" : "point"
        return "\(Self.list(parts)) \(verb) to \(target.title)"
    }

    private static func phrase(_ match: FieldMatch) -> String {
        let method =
            switch match.method {
            case .appID: "exact app id"
            case .paymentMethod: "exact payment-method code"
            case .entity: "exact company name"
            case .name: "exact name or alias"
            case .fuzzyName:
                (["similar name"] + match.deviations.phrases).joined(separator: ", ")
            }
        return match.holder.map { "\(method), a subsidiary of \($0)" } ?? method
    }

    private static func words(_ score: Double) -> String {
        score == 1 ? "1" : "\(score)"
    }

    private static func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }

    // MARK: - The law

    private var instrument: String {
        "\u{201C}\(rule.directive.title)\u{201D} (\(rule.directive.citation))"
    }

    private var prohibition: String {
        let citation = rule.prohibition.citation.map { " (\($0))" } ?? ""
        return "\u{201C}\(rule.prohibition.title)\u{201D}\(citation)"
    }

    private var stateClause: String {
        let touched = rule.ruling.touched
        guard touched.count > 1 else {
            let interval = rule.ruling.interval
            return "was then \(interval.state.phrase), since \(Self.words(interval.from)),"
                + " under \(interval.citation)"
        }
        let states = touched.map { interval in
            guard let interval else { return "not yet issued" }
            return "\(interval.state.phrase) from \(Self.words(interval.from)) on, under"
                + " \(interval.citation)"
        }
        return "was, over that period, \(states.joined(separator: ", then "))"
    }

    private static func words(_ instant: LegalInstant) -> String {
        "\(instant.words) (\(instant.zone))"
    }

    private var reasonClause: String {
        guard rule.ruling.reason == .countryUnknown else { return "" }
        return "; whether it lies in the jurisdiction, \(rule.directive.jurisdiction.name), can be"
            + " neither shown nor excluded without the \(missingCountry)"
    }

    private var missingCountry: String {
        switch rule.ruling.place.field {
        case "/data/payerCountry": "payer's country"
        case "/data/payeeCountry": "payee's country"
        default: "country"
        }
    }

    // MARK: - What would have changed the verdict

    /// The least that would have had to be different, tried in this order: the missing country, a
    /// name that only resembles, the border of a period that crosses one, the nearest border in
    /// time if it is within a year, the place.
    private var smallestFact: String {
        let jurisdiction = rule.directive.jurisdiction.name
        if rule.ruling.reason == .countryUnknown {
            return "a \(missingCountry) outside of the jurisdiction would have meant no flag"
        }
        if matched.isFuzzyOnly {
            return "a name that is not taken for \(target.title) would have meant no flag"
        }
        let lifecycle = rule.prohibition.effectiveLifecycle
        if rule.ruling.reason == .stateChange, let periodEnd {
            let borders = lifecycle.dispositionBorders.filter {
                time < $0.instant.utc && $0.instant.utc < periodEnd
            }
            if let border = borders.first {
                return "the part before \(Self.words(border.instant)) alone"
                    + " \(Self.outcome(border.before)), and the part from then on"
                    + " \(Self.outcome(border.after))"
            }
        }
        let aYear: Int64 = 366 * 86_400_000_000
        let nearest = lifecycle.dispositionBorders.min { left, right in
            distance(to: left) < distance(to: right)
        }
        guard let nearest, distance(to: nearest) <= aYear else {
            return "outside of the jurisdiction, \(jurisdiction), it would have meant no flag"
        }
        return time < nearest.instant.utc
            ? "from \(Self.words(nearest.instant)) on it \(Self.outcome(nearest.after))"
            : "before \(Self.words(nearest.instant)) it \(Self.outcome(nearest.before))"
    }

    private func distance(to border: Lifecycle.Border) -> Int64 {
        abs(border.instant.utc.microseconds - time.microseconds)
    }

    private static func outcome(_ disposition: Disposition?) -> String {
        switch disposition {
        case .prohibited: "would have been prohibited"
        case .review: "would have needed review"
        case nil: "would have meant no flag"
        }
    }
}
