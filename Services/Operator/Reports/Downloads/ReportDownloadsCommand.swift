import ArgumentParser
import BanRules
import Events
import Kafka
import RuleFeed
import ServiceKit

/// `cordon report downloads`: the sum over the latest record of each key of `download-counts`.
struct ReportDownloadsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "downloads",
        abstract: "Add up downloads by app, day, month, year, store, country or acquisition.",
        discussion: """
            Reads download-counts to its end and adds up the latest record of each key. Ids of one \
            app are brought together by the targets of the rules. Only first-time downloads count \
            unless --acquisition says otherwise.

            Examples:
              cordon report downloads --year 2020 --country US
              cordon report downloads --app alipay --by month --format csv
              cordon report downloads --from 2021-01-01 --to 2021-06-30 --acquisition all \\
                --by app,acquisition
            """
    )

    @OptionGroup var broker: BrokerOptions
    @OptionGroup var rules: RulesOption

    @Option(
        help: ArgumentHelp("The days of one year.", valueName: "year"),
        transform: OptionValue.year
    )
    var year: Int?

    @Option(help: ArgumentHelp("The first day.", valueName: "day"), transform: OptionValue.day)
    var from: Day?

    @Option(help: ArgumentHelp("The last day.", valueName: "day"), transform: OptionValue.day)
    var to: Day?

    @Option(
        help: ArgumentHelp("Only these countries: US,CA.", valueName: "countries"),
        transform: OptionValue.countries
    )
    var country: [[CountryCode]] = []

    @Option(
        help: ArgumentHelp(
            "Only this app: a target's id or title, or an id of the app.",
            valueName: "id"
        )
    )
    var app: [String] = []

    @Option(help: ArgumentHelp("Only this store: apple, google …", valueName: "store"))
    var store: [String] = []

    @Option(
        help: ArgumentHelp(
            "first-time (the default), redownload, update or all.",
            valueName: "kind"
        ),
        transform: AcquisitionChoice.init(argument:)
    )
    var acquisition = AcquisitionChoice(acquisition: .firstTime)

    @Option(
        help: ArgumentHelp(
            """
            Columns to break down by: app (the default), day, month, year, store, country, \
            acquisition.
            """,
            valueName: "columns"
        ),
        transform: Breakdown.init(argument:)
    )
    var by = Breakdown(dimensions: [.app])

    @ArgumentParser.Flag(help: "Leave out apps that no directive names.")
    var targetsOnly = false

    @Option(help: "How to print: table, csv or json.")
    var format = OutputFormat.table

    func validate() throws {
        if year != nil, from != nil || to != nil {
            throw ValidationError("--year and --from or --to say the same; give one")
        }
        if let from, let to, to < from {
            throw ValidationError("--to \(to) lies before --from \(from)")
        }
    }

    func run() async throws {
        let query = query
        let connection = try broker.connection()
        // A typing error in the rules is told before the broker is asked.
        let rules = rules.setting
        let files = try rules.load()
        let (active, reading) = try await connection.onThread { connection in
            (try rules.published(connection) ?? files, try CountReading(connection))
        }
        let names = AppNames(active.ruleSet)
        let report = try DownloadReport(reading.table, query, names: names)
        if report.rows.isEmpty { Terminal.writeError("no download matches these options\n") }
        try StandardOutput.print(report.text(format))
        try reading.unreadable.complain(topic: connection.topics.downloadCounts)
    }

    /// The options as a query.
    var query: DownloadQuery {
        var query = DownloadQuery()
        query.from = year.flatMap { Day(Self.day(ofYear: $0, "01-01")) } ?? from
        query.to = year.flatMap { Day(Self.day(ofYear: $0, "12-31")) } ?? to
        query.countries = Set(country.joined())
        query.apps = app
        query.stores = Set(store.map(\.asciiLowercased))
        query.acquisition = acquisition.acquisition
        query.grouping = by.dimensions
        query.isTargetsOnly = targetsOnly
        return query
    }

    private static func day(ofYear year: Int, _ monthAndDay: String) -> String {
        String(repeating: "0", count: 4 - "\(year)".count) + "\(year)-" + monthAndDay
    }
}

extension ReportDownloadsCommand {
    /// One acquisition or, as nil, all of them.
    struct AcquisitionChoice {
        let acquisition: Acquisition?

        init(acquisition: Acquisition?) {
            self.acquisition = acquisition
        }

        init(argument: String) throws {
            acquisition = Acquisition(word: argument)
            guard acquisition != nil || argument == "all" else {
                let words = Acquisition.allCases.map(\.word).joined(separator: ", ")
                throw ValidationError("'\(argument)' is none of \(words), all")
            }
        }
    }

    /// The columns of `--by`.
    struct Breakdown {
        let dimensions: [DownloadQuery.Dimension]

        init(dimensions: [DownloadQuery.Dimension]) {
            self.dimensions = dimensions
        }

        init(argument: String) throws {
            dimensions = try OptionValue.choices(argument)
        }
    }
}

/// All of `download-counts`, read once.
struct CountReading: Sendable {
    private(set) var table = CountTable()
    private(set) var unreadable = UnreadableRecords()

    init(_ connection: Connection) throws {
        let scan = try TopicScan(connection, topic: connection.topics.downloadCounts)
        try scan.readToEnd { info, key, value in
            do throws(Rejection) {
                try table.apply(key: key, value: info.hasValue ? value : nil)
            } catch {
                unreadable.note(info, error)
            }
        }
    }
}
