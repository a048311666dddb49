import BanRules
import Events

/// A directive in full, for people and as JSON.
struct DirectiveSheet {
    private let directive: Directive
    private let time: Timestamp

    /// - Parameter time: the instant whose state is told.
    init(_ directive: Directive, at time: Timestamp) {
        self.directive = directive
        self.time = time
    }

    /// The directive as a page of text.
    var text: String {
        var lines = [
            "\(directive.title)",
            "  id            \(directive.id)",
            "  citation      \(directive.citation)",
        ]
        if let link = directive.link { lines.append("  link          \(link)") }
        let countries = directive.jurisdiction.countries.sorted().map(\.description)
        lines += [
            "  authority     \(directive.authority.name) (\(directive.authority.timeZone))",
            "  jurisdiction  \(directive.jurisdiction.name): \(countries.joined(separator: " "))",
            "  digest        \(directive.digest)",
            "  at \(time): \(Self.state(directive.lifecycle, at: time))",
            "",
            "lifecycle",
        ]
        lines += Self.describe(directive.lifecycle)
        for prohibition in directive.prohibitions {
            lines += describe(prohibition)
        }
        for target in directive.targets {
            lines += Self.describe(target)
        }
        for entity in directive.entities {
            lines += Self.describe(entity)
        }
        for match in directive.falseMatches {
            lines += Self.describe(match)
        }
        return lines.map { $0.printable + "\n" }.joined()
    }

    /// The directive, its digest and the states at the instant, as one line of JSON.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.string(directive.id)
        writer.key("digest")
        writer.string(directive.digest)
        writer.key("at")
        writer.string(time.description)
        Self.writeState(directive.lifecycle, at: time, to: &writer)
        writer.key("prohibitions")
        writer.beginArray()
        for prohibition in directive.prohibitions {
            writer.beginObject()
            writer.key("id")
            writer.string(prohibition.id)
            Self.writeState(prohibition.effectiveLifecycle, at: time, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("directive")
        writer.raw(directive.canonicalJSON)
        writer.endObject()
        return writer.line
    }

    /// The state of a lifecycle at an instant, in words.
    static func state(_ lifecycle: Lifecycle, at time: Timestamp) -> String {
        guard let interval = lifecycle.interval(at: time) else { return "not yet signed" }
        let disposition = interval.state.disposition.map(\.rawValue) ?? "no flag"
        return "\(interval.state.rawValue) (\(disposition)) since \(interval.from.words)"
    }

    private static func writeState(
        _ lifecycle: Lifecycle,
        at time: Timestamp,
        to writer: inout JSONWriter
    ) {
        let state = lifecycle.interval(at: time)?.state
        writer.key("state")
        if let state { writer.string(state.rawValue) } else { writer.null() }
        writer.key("disposition")
        if let word = state?.disposition?.rawValue { writer.string(word) } else { writer.null() }
    }

    private static func describe(_ lifecycle: Lifecycle) -> [String] {
        lifecycle.intervals.flatMap { interval in
            let end = interval.to.map { "to \($0.words) = \($0.utc)" } ?? "open"
            let heading =
                "  \(interval.state.rawValue) from \(interval.from.words) "
                + "(\(interval.from.zone)) = \(interval.from.utc), \(end)"
            return [heading, "    \(interval.citation)"]
                + [interval.link, interval.note].compactMap { $0.map { "    \($0)" } }
        }
    }

    private func describe(_ prohibition: Prohibition) -> [String] {
        var lines = [
            "", "prohibition \(prohibition.id): \(prohibition.title)",
            "  acts          \(prohibition.acts.map(\.rawValue).joined(separator: ", "))",
            "  targets       \(prohibition.targets.joined(separator: ", "))",
        ]
        if let citation = prohibition.citation { lines.append("  citation      \(citation)") }
        guard prohibition.lifecycle != nil else { return lines }
        lines.append("  at \(time): \(Self.state(prohibition.effectiveLifecycle, at: time))")
        return lines + Self.describe(prohibition.effectiveLifecycle)
    }

    private static func describe(_ entity: LegalEntity) -> [String] {
        ["", "company \(entity.id): \(entity.names.joined(separator: ", "))"]
            + entity.owners.map { owner in
                let share =
                    switch owner.stake {
                    case .majority: "the majority"
                    case .percent(let text): "\(text) %"
                    }
                let from = owner.from.map { " from \($0.words)" } ?? ""
                let to = owner.to.map { " to \($0.words)" } ?? ""
                return "  \(owner.owner) holds \(share)\(from)\(to): \(owner.citation)"
            }
    }

    private static func describe(_ match: FalseMatch) -> [String] {
        [
            "", "false match of \(match.targets.joined(separator: ", "))",
            "  known by      \((match.texts + match.appIDs).joined(separator: ", "))",
            "  reason        \(match.reason)", "  author        \(match.author)",
            "  expires       \(match.expires.words) = \(match.expires.utc)",
        ]
    }

    private static func describe(_ target: Target) -> [String] {
        let lists: [(String, [String])] = [
            ("names", target.names), ("companies", target.entities.map(\.words)),
            ("bundle ids", target.appleBundleIDs), ("Apple ids", target.appleIDs),
            ("packages", target.googlePackages), ("payments", target.paymentMethods),
        ]
        return ["", "target \(target.id): \(target.title)"]
            + lists.filter { !$0.1.isEmpty }.map { title, values in
                let padding = String(repeating: " ", count: 14 - title.count)
                return "  \(title)\(padding)\(values.joined(separator: ", "))"
            }
    }
}

extension EntityReference {
    /// The company's name, or the id of its entity.
    var words: String {
        switch self {
        case .name(let name): name
        case .entity(let id, let includesSubsidiaries):
            includesSubsidiaries ? "\(id) and its subsidiaries" : id
        }
    }
}

/// All directives of a set, a line each.
struct DirectiveList {
    private let ruleSet: RuleSet
    private let time: Timestamp

    init(_ ruleSet: RuleSet, at time: Timestamp) {
        self.ruleSet = ruleSet
        self.time = time
    }

    /// The lines as a table, the set's digest below.
    var text: String {
        var sheet = Sheet([
            .text("directive"), .text("title"), .text("state", heading: "AT \(time)"),
            .number("targets"),
        ])
        for directive in ruleSet.directives {
            sheet.append([
                .text(directive.id), .text(directive.title),
                .text(DirectiveSheet.state(directive.lifecycle, at: time)),
                .number(Int64(directive.targets.count)),
            ])
        }
        return sheet.table + "\nrule set \(ruleSet.digest)\n"
    }
}
