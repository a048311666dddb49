import ArgumentParser
import BanRules
import Events
import Kafka
import ServiceKit

/// `cordon alerts`: flags, one a line, as they come.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Follow the flags as they are written.",
        discussion: """
            Each line tells the event's time, disposition, target, app or payment, country, units \
            or amount, legal state and citation. With --format json each line is the flag as it \
            stands on the topic. Ctrl-C ends.

            Examples:
              cordon alerts
              cordon alerts --from 2021-01-05 --target alipay --disposition review
              cordon alerts --from beginning --until-end --format json | jq .data.explanation
            """
    )

    @OptionGroup var broker: BrokerOptions

    @Option(
        help: ArgumentHelp(
            """
            Begin at: beginning, now, the first flag written at a time, or offsets as \
            0:1200,1:1187 (default now; beginning with --until-end).
            """,
            valueName: "place"
        ),
        transform: StartChoice.init(argument:)
    )
    var from: StartChoice?

    @ArgumentParser.Flag(help: "Stop at the end instead of waiting for more.")
    var untilEnd = false

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
        help: ArgumentHelp("How to print: text or json.", valueName: "format"),
        transform: OptionValue.choice
    )
    var format = Format.text

    /// How a flag is printed.
    enum Format: String, CaseIterable {
        case text, json
    }

    func run() async throws {
        let connection = try broker.connection()
        let start = from ?? (untilEnd ? .beginning : .now)
        let isEndless = !untilEnd
        let printer = AlertPrinter(
            filter: filter,
            format: format,
            isColoured: Terminal.isColoured(.data)
        )
        try await connection.onThread { connection in
            let topic = connection.topics.flaggedTransactions
            let follower = try TopicFollower(
                connection,
                topic: topic,
                from: start,
                isEndless: isEndless
            )
            try follower.run { try printer.print($0, topic: topic) }
        }
    }

    /// The options as a filter.
    var filter: AlertFilter {
        AlertFilter(
            targets: Set(target),
            directives: Set(directive),
            disposition: disposition
        )
    }
}
