import ArgumentParser
import BanRules
import Events
import Foundation
import RuleFeed
import ServiceKit

/// `cordon rules show`: a directive in full, or all of them in a line each.
struct RulesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show directives: what they forbid, and since when.",
        discussion: """
            States are those of now, or of --at. If a broker is named, the set published on it is \
            shown. JSON carries the directive in the form that its \
            digest is taken over.

            Examples:
              cordon rules show
              cordon rules show us-eo-13971
              cordon rules show us-eo-13971 --at 2021-02-19T05:00:00Z --format json
            """
    )

    @Argument(help: ArgumentHelp("A directive's id; all directives otherwise.", valueName: "id"))
    var id: String?

    @Option(
        help: ArgumentHelp("The day (00:00 UTC) or instant asked about.", valueName: "time"),
        transform: OptionValue.time
    )
    var at: Timestamp?

    @Option(
        help: ArgumentHelp("How to print: table or json.", valueName: "format"),
        transform: OptionValue.choice
    )
    var format = Format.table

    @OptionGroup var source: RuleSourceOptions

    /// How a directive is printed; it is no list of records, so there is no CSV.
    enum Format: String, CaseIterable {
        case table, json
    }

    func run() async throws {
        let rules = try await source.load()
        let ruleSet = rules.ruleSet
        let time = at ?? .now
        Terminal.writeError("rules: \(rules.source)\n")
        guard let id else {
            return try StandardOutput.print(
                format == .json
                    ? ruleSet.directives.map { DirectiveSheet($0, at: time).json }.joined()
                    : DirectiveList(ruleSet, at: time).text
            )
        }
        guard let directive = ruleSet.directives.first(where: { $0.id == id }) else {
            let known = ruleSet.directives.map(\.id).joined(separator: ", ")
            throw ToolFailure("there is no directive '\(id)'; there is \(known)")
        }
        let sheet = DirectiveSheet(directive, at: time)
        try StandardOutput.print(format == .json ? sheet.json : sheet.text)
    }
}

extension Timestamp {
    /// The wall clock's time, for questions about the present.
    static var now: Timestamp {
        Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970) * 1_000_000)
    }
}
