import ArgumentParser
import BanRules
import Events
import Kafka
import ServiceKit

/// `cordon report flags`: flags and distinct events, units and money, by any of a flag's words.
struct ReportFlagsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flags",
        abstract: "Add up flags beside the distinct events they are about.",
        discussion: """
            Reads flagged-transactions to its end; a flag id seen twice counts once. Units and \
            money are those of the distinct events. Amounts are those of captured payments unless \
            --status says otherwise; `all` also takes purchases that carry no status.

            Examples:
              cordon report flags
              cordon report flags --by target,act --from 2021-01-05 --to 2021-02-18
              cordon report flags --disposition prohibited --status all --format csv
            """
    )

    @OptionGroup var broker: BrokerOptions

    @Option(
        help: ArgumentHelp(
            "Events from this day or instant on (a day begins at 00:00 UTC).",
            valueName: "time"
        ),
        transform: OptionValue.time
    )
    var from: Timestamp?

    @Option(
        help: ArgumentHelp(
            "Events up to this day, which is included, or before this instant.",
            valueName: "time"
        ),
        transform: OptionValue.endTime
    )
    var to: Timestamp?

    @Option(help: ArgumentHelp("Only this target.", valueName: "id"))
    var target: [String] = []

    @Option(help: ArgumentHelp("Only this directive.", valueName: "id"))
    var directive: [String] = []

    @Option(
        help: ArgumentHelp("Only prohibited or only review.", valueName: "disposition"),
        transform: OptionValue.choice
    )
    var disposition: Disposition?

    @Option(
        help: ArgumentHelp(
            "Whose amounts are summed: captured (the default), another status, or all.",
            valueName: "status"
        ),
        transform: MoneyChoice.init(argument:)
    )
    var status = MoneyChoice(status: .only(.captured))

    @Option(
        help: ArgumentHelp(
            """
            Columns to break down by (default target,state,disposition): target, directive, \
            prohibition, state, disposition, reason, act, country, status, day, month, year.
            """,
            valueName: "columns"
        ),
        transform: Breakdown.init(argument:)
    )
    var by = Breakdown(dimensions: FlagQuery().grouping)

    @Option(help: "How to print: table, csv or json.")
    var format = OutputFormat.table

    func validate() throws {
        if let from, let to, to <= from {
            throw ValidationError("--to lies before --from")
        }
    }

    func run() async throws {
        let query = query
        let connection = try broker.connection()
        let reading = try await connection.onThread { try FlagReading($0) }
        let report = try FlagReport(reading.table, query)
        if report.rows.isEmpty { Terminal.writeError("no flag matches these options\n") }
        try StandardOutput.print(report.text(format))
        try reading.unreadable.complain(topic: connection.topics.flaggedTransactions)
    }

    /// The options as a query.
    var query: FlagQuery {
        var query = FlagQuery()
        query.from = from
        query.until = to
        query.targets = Set(target)
        query.directives = Set(directive)
        query.disposition = disposition
        query.money = status.status
        query.grouping = by.dimensions
        return query
    }
}

extension ReportFlagsCommand {
    /// The word of `--status`.
    struct MoneyChoice {
        let status: FlagQuery.MoneyStatus

        init(status: FlagQuery.MoneyStatus) {
            self.status = status
        }

        init(argument: String) throws {
            if argument == "all" {
                status = .all
            } else if let word = PaymentStatus(word: argument) {
                status = .only(word)
            } else {
                let words = PaymentStatus.allCases.map(\.word).joined(separator: ", ")
                throw ValidationError("'\(argument)' is none of \(words), all")
            }
        }
    }

    /// The columns of `--by`.
    struct Breakdown {
        let dimensions: [FlagQuery.Dimension]

        init(dimensions: [FlagQuery.Dimension]) {
            self.dimensions = dimensions
        }

        init(argument: String) throws {
            dimensions = try OptionValue.choices(argument)
        }
    }
}

/// All of `flagged-transactions`, read once.
struct FlagReading: Sendable {
    private(set) var table = FlagTable()
    private(set) var unreadable = UnreadableRecords()

    init(_ connection: Connection) throws {
        let scan = try TopicScan(connection, topic: connection.topics.flaggedTransactions)
        try scan.readToEnd { info, _, value in
            do throws(Rejection) {
                try table.apply(value: value)
            } catch {
                unreadable.note(info, error)
            }
        }
    }
}
