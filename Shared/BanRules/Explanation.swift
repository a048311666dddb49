internal import Events

/// One plain sentence that says why an event was flagged, for a compliance officer's file.
struct Explanation {
    let rule: AppliedRule
    let target: Target
    let matches: [FieldMatch]
    let time: Timestamp
    let periodEnd: Timestamp?

    /// No more of an event's text is repeated, in Unicode scalars.
    static let quotationLimit = 80

    /// The sentence.
    var sentence: String {
        "\(opening): \(matchClause), named in \(instrument), whose prohibition \(prohibition)"
            + " \(stateClause)\(reasonClause)."
    }

    private var opening: String {
        let act = rule.act == .update ? "An update" : "A \(rule.act.rawValue)"
        let place = rule.ruling.place
        let country = place.country.isUnknown ? "in an unknown country" : "in \(place.country)"
        let day = time.day
        return switch rule.ruling.disposition {
        case .prohibited: "\(act) \(country) on \(day) (UTC) is prohibited"
        case .review: "\(act) \(country) on \(day) (UTC) needs review"
        }
    }

    private var matchClause: String {
        let parts = matches.map { match in
            "the \(match.field.phrase) \(Self.quoted(match.value)) (\(Self.phrase(match.method)))"
        }
        let verb = parts.count == 1 ? "points" : "point"
        return "\(parts.joined(separator: " and ")) \(verb) to \(target.title)"
    }

    private static func phrase(_ method: MatchMethod) -> String {
        switch method {
        case .appID: "exact app id"
        case .paymentMethod: "exact payment-method code"
        case .entity: "exact company name"
        case .name: "exact name or alias"
        }
    }

    private var instrument: String {
        "\u{201C}\(rule.directive.title)\u{201D} (\(rule.directive.citation))"
    }

    private var prohibition: String {
        let citation = rule.prohibition.citation.map { " (\($0))" } ?? ""
        return "\u{201C}\(rule.prohibition.title)\u{201D}\(citation)"
    }

    private var stateClause: String {
        let interval = rule.ruling.interval
        return "was then \(interval.state.phrase), since \(interval.from.words)"
            + " (\(interval.from.zone)), under \(interval.citation)"
    }

    private var reasonClause: String {
        var clause = ""
        let states = rule.ruling.states
        if let periodEnd, states.count > 1 {
            let words = states.map { $0?.rawValue ?? "not yet issued" }
            clause +=
                "; the period from \(time) to \(periodEnd) goes from"
                + " \(words.joined(separator: " to "))"
        }
        if rule.ruling.reason == .countryUnknown {
            clause +=
                "; without the country (\(rule.ruling.place.field)) the jurisdiction,"
                + " \(rule.directive.jurisdiction.name), can be neither shown nor excluded"
        }
        return clause
    }

    /// A text of the event in quotation marks, bounded, on one line and without invisible
    /// characters that could turn the sentence around.
    private static func quoted(_ text: String) -> String {
        if text.utf8.count <= quotationLimit, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
            return "\u{201C}\(text)\u{201D}"
        }
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .format {
            guard count < quotationLimit else {
                return "\u{201C}\(String(shown))\u{2026}\u{201D}"
            }
            shown.append(breaksLine(scalar) ? " " : scalar)
            count += 1
        }
        return "\u{201C}\(String(shown))\u{201D}"
    }

    private static func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
