import ArgumentParser
import BanRules
import Events
import Foundation
import Kafka
import ServiceKit

/// `cordon dead-letters`: what could not be screened, and why.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "List what could not be screened, with the reason and where it came from.",
        discussion: """
            Lists the newest records, or with --from all from there on. JSON is one object a line. \
            RECORD is where the record came from, in the form that --show takes; --show also takes \
            a place on dead-letters itself.

            --replay sends back what is a valid event by now, and remembers how far it looked in \
            the same transaction: run again, it looks at what has come since (or at everything, \
            with --from beginning). --with sends one record back with a value of your own.

            Examples:
              cordon dead-letters
              cordon dead-letters --last 100 --reason invalid-value --topic appstore-events
              cordon dead-letters --from beginning --format json
              cordon dead-letters --show appstore-events:2:1187
              cordon dead-letters --replay --reason invalid-value --dry-run
              cordon dead-letters --replay --show appstore-events:2:1187 --with fixed.json
            """
    )

    @OptionGroup var broker: BrokerOptions

    @Option(help: ArgumentHelp("How many of the newest ones (default 20).", valueName: "number"))
    var last: Int?

    @Option(
        help: ArgumentHelp(
            "All from: beginning, a time, or offsets on dead-letters as 0:1200,1:1187.",
            valueName: "place"
        ),
        transform: StartChoice.init(argument:)
    )
    var from: StartChoice?

    @Option(help: ArgumentHelp("Only this reason, such as too-large.", valueName: "reason"))
    var reason: [String] = []

    @Option(help: ArgumentHelp("Only records of this topic.", valueName: "topic"))
    var topic: [String] = []

    @Option(
        help: ArgumentHelp("Print one record whole.", valueName: "topic:partition:offset"),
        transform: DeadLetterEntry.Place.init(argument:)
    )
    var show: DeadLetterEntry.Place?

    @ArgumentParser.Flag(help: "Send back what is a valid event by now.")
    var replay = false

    @Option(
        help: ArgumentHelp("With --replay --show: the corrected value.", valueName: "file")
    )
    var with: String?

    @ArgumentParser.Flag(help: "With --replay: say what would be sent, and send nothing.")
    var dryRun = false

    @Option(help: "How to print: table, csv or json.")
    var format = OutputFormat.table

    func validate() throws {
        guard last == nil || from == nil else {
            throw ValidationError("--last and --from exclude each other")
        }
        guard replay || (with == nil && !dryRun) else {
            throw ValidationError("--with and --dry-run go with --replay")
        }
        if replay {
            guard last == nil else { throw ValidationError("--replay takes no --last") }
            guard (show == nil) == (with == nil) else {
                throw ValidationError("--show and --with go together: which record, what value")
            }
            if let from, from != .beginning {
                throw ValidationError("--replay takes no --from but beginning")
            }
        }
        if let last, last < 1 { throw ValidationError("--last is a number from 1 on") }
        let known = Rejection.Reason.allCases.map(\.rawValue) + [DeadLetter.expiredReason]
        if let stranger = reason.first(where: { !known.contains($0) }) {
            throw ValidationError(
                "'\(stranger)' is none of \(known.sorted().joined(separator: ", "))"
            )
        }
    }

    func run() async throws {
        let connection = try broker.connection()
        guard !replay else { return try await sendBack(connection) }
        if let show {
            return try StandardOutput.print(
                try await connection.onThread { try DeadLetterSearch($0).pages(show) }
            )
        }
        let (filter, from, last) = (filter, from, last ?? 20)
        let entries = try await connection.onThread { connection in
            let search = try DeadLetterSearch(connection)
            guard let from else { return try search.last(last, filter) }
            return try search.all(from: from, filter)
        }
        if entries.isEmpty { Terminal.writeError("cordon: no dead letters\n") }
        try StandardOutput.print(
            format == .json
                ? entries.map(\.json).joined() : DeadLetterEntry.sheet(entries).text(format)
        )
    }

    private func sendBack(_ connection: Connection) async throws {
        var correction: (place: DeadLetterEntry.Place, value: [UInt8])?
        if let show, let with {
            guard let data = FileManager.default.contents(atPath: with) else {
                throw ToolFailure("\(with) cannot be read")
            }
            correction = (show, Array(data))
        }
        let (filter, isAgain, isDry) = (filter, from != nil, dryRun)
        let fixed = correction
        let outcomes = try await connection.onThread { connection in
            try DeadLetterReplay(
                connection,
                filter,
                correction: fixed,
                isAgain: isAgain,
                isDry: isDry
            ).run(rules: try RuleSet.shipped())
        }
        let report = ReplayReport(outcomes)
        try StandardOutput.print(report.text)
        if fixed != nil, report.sent == 0 {
            throw ToolFailure("the corrected record was not sent back")
        }
    }

    /// The options as a filter.
    var filter: DeadLetterFilter {
        DeadLetterFilter(reasons: Set(reason), topics: Set(topic))
    }
}

/// Which dead letters are listed.
struct DeadLetterFilter {
    /// Empty for all.
    var reasons: Set<String> = []
    /// Topics that records came from; empty for all.
    var topics: Set<String> = []

    func selects(_ entry: DeadLetterEntry) -> Bool {
        guard reasons.isEmpty || reasons.contains(entry.reason) else { return false }
        return topics.isEmpty || entry.origin.map { topics.contains($0.topic) } ?? false
    }
}

extension DeadLetterEntry.Place {
    /// Reads `topic:partition:offset`.
    init(argument: String) throws {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let partition = Int32(parts[1]),
            let offset = Int64(parts[2]), partition >= 0, offset >= 0
        else {
            throw ValidationError(
                "'\(argument)' is no place; write it as appstore-events:2:1187"
            )
        }
        self.init(topic: String(parts[0]), partition: partition, offset: offset)
    }
}
