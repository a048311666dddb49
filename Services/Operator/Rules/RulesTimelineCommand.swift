import ArgumentParser
import BanRules
import Events
import Foundation
import RuleFeed
import ServiceKit

/// `cordon rules timeline`: where each directive stood over time.
struct RulesTimelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Draw the states of directives over time.",
        discussion: """
            One row for each stretch of time of each prohibition: its state, what a match means \
            then, when it begins, and by what text; CSV and JSON also give the words and the zone \
            of the law. If a broker is named, the set published on it is drawn.

            Examples:
              cordon rules timeline
              cordon rules timeline us-pafaca --from 2025-01-01
              cordon rules timeline --at 2021-02-19T04:59:59Z
              cordon rules timeline --format json
            """
    )

    @Argument(help: ArgumentHelp("Only these directives.", valueName: "id"))
    var ids: [String] = []

    @Option(
        help: ArgumentHelp("Leave out what ended by then.", valueName: "time"),
        transform: OptionValue.time
    )
    var from: Timestamp?

    @Option(
        help: ArgumentHelp("Leave out what begins after that day.", valueName: "time"),
        transform: OptionValue.endTime
    )
    var to: Timestamp?

    @Option(
        help: ArgumentHelp("Only what holds at an instant (or 00:00 UTC).", valueName: "time"),
        transform: OptionValue.time
    )
    var at: Timestamp?

    @Option(help: "How to print: table, csv or json.")
    var format = OutputFormat.table

    @OptionGroup var source: RuleSourceOptions

    func validate() throws {
        guard at == nil || (from == nil && to == nil) else {
            throw ValidationError("--at and --from or --to say the same; give one")
        }
    }

    func run() async throws {
        let rules = try await source.load()
        let known = rules.ruleSet.directives.map(\.id)
        for id in ids where !known.contains(id) {
            throw ToolFailure(
                "there is no directive '\(id)'; there is \(known.joined(separator: ", "))"
            )
        }
        let timeline = Timeline(
            rules.ruleSet.directives.filter { ids.isEmpty || ids.contains($0.id) },
            from: at ?? from,
            until: at.map { Timestamp(microseconds: $0.microseconds + 1) } ?? to
        )
        Terminal.writeError("rules: \(rules.source), set \(rules.ruleSet.digest)\n")
        try StandardOutput.print(format == .table ? timeline.text : timeline.sheet.text(format))
    }
}

/// The states of some directives over a stretch of time.
struct Timeline {
    /// One state of one prohibition, or of all prohibitions that stand alike.
    struct Row: Equatable {
        var directive: String
        var prohibition: String
        var interval: LifecycleInterval
    }

    let rows: [Row]

    /// - Parameters:
    ///   - from: intervals that ended by then are left out.
    ///   - until: intervals that begin then or later are left out.
    init(_ directives: [Directive], from: Timestamp? = nil, until: Timestamp? = nil) {
        rows = directives.flatMap { directive in
            directive.prohibitions.flatMap { prohibition in
                prohibition.effectiveLifecycle.intervals
                    .filter { interval in
                        let isOver = from.map { start in
                            interval.to.map { $0.utc <= start } ?? false
                        }
                        let isAhead = until.map { interval.from.utc >= $0 }
                        return !(isOver ?? false) && !(isAhead ?? false)
                    }
                    .map { interval in
                        Row(
                            directive: directive.id,
                            prohibition: prohibition.id,
                            interval: interval
                        )
                    }
            }
        }
    }

    /// The rows with everything that is known about them.
    var sheet: Sheet {
        var sheet = Sheet([
            .text("directive"), .text("prohibition"), .text("state"), .text("disposition"),
            .text("from"), .text("zone"), .text("fromUTC"), .text("toUTC"), .text("citation"),
            .text("link"), .text("note"),
        ])
        for row in rows {
            let interval = row.interval
            sheet.append([
                .text(row.directive), .text(row.prohibition), .text(interval.state.rawValue),
                .text(interval.state.disposition?.rawValue ?? "none"), .text(interval.from.words),
                .text(interval.from.zone), .text(interval.from.utc.description),
                .optional(interval.to?.utc.description), .text(interval.citation),
                .optional(interval.link), .optional(interval.note),
            ])
        }
        return sheet
    }

    /// A drawing: the prohibitions with their states below each other and what a match means in
    /// each; prohibitions of a directive that stand alike share their lines.
    var text: String {
        var blocks: [Block] = []
        for row in rows {
            if blocks.last?.directive != row.directive
                || blocks.last?.prohibitions != [row.prohibition]
            {
                blocks.append(Block(directive: row.directive, prohibitions: [row.prohibition]))
            }
            blocks[blocks.count - 1].intervals.append(row.interval)
        }
        var drawn: [Block] = []
        for block in blocks {
            let twin = drawn.firstIndex {
                $0.directive == block.directive && $0.intervals == block.intervals
            }
            if let twin {
                drawn[twin].prohibitions += block.prohibitions
            } else {
                drawn.append(block)
            }
        }
        var text = ""
        for (index, block) in drawn.enumerated() {
            if index == 0 || drawn[index - 1].directive != block.directive {
                text += (index == 0 ? "" : "\n") + block.directive + "\n"
            }
            text += "  " + block.prohibitions.joined(separator: ", ") + "\n"
            text += block.intervals.map { "    \(Self.line($0))\n" }.joined()
        }
        return text
    }

    private struct Block {
        var directive: String
        var prohibitions: [String]
        var intervals: [LifecycleInterval] = []
    }

    private static func line(_ interval: LifecycleInterval) -> String {
        let mark =
            switch interval.state.disposition {
            case .prohibited: "█"
            case .review: "▒"
            case nil: "·"
            }
        let meaning = interval.state.disposition?.rawValue ?? "no flag"
        let day = interval.from.utc.description
        return [
            mark, padded(interval.state.rawValue, to: 13), padded(meaning, to: 10),
            padded("from \(day)", to: 25), interval.citation.printable,
        ].joined(separator: " ")
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
