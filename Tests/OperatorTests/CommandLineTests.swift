import ArgumentParser
import BanRules
import Events
import Kafka
import ServiceKit
import Testing

@testable import Operator

@Suite struct CommandLineTests {
    private func parsed<Command: ParsableCommand>(
        _ line: String,
        as type: Command.Type = Command.self
    ) throws -> Command {
        let words = line.split(separator: " ").map(String.init)
        return try #require(try CordonCommand.parseAsRoot(words) as? Command)
    }

    @Test func `downloads are first-time ones by app unless asked otherwise`() throws {
        let query = try parsed("report downloads", as: ReportDownloadsCommand.self).query
        #expect(query.acquisition == .firstTime)
        #expect(query.grouping == [.app])
        #expect(query.from == nil && query.to == nil && query.countries.isEmpty)
        #expect(query.apps.isEmpty && query.stores.isEmpty && !query.isTargetsOnly)
    }

    @Test func `every option of downloads reaches the query`() throws {
        let command: ReportDownloadsCommand = try parsed(
            """
            report downloads --from 2020-02-29 --to 2020-03-01 --country us,CA --country XK \
            --app alipay --app x.y --store apple --acquisition all --by month,app --targets-only \
            --format csv
            """
        )
        let query = command.query
        #expect(query.from == Day("2020-02-29"))
        #expect(query.to == Day("2020-03-01"))
        #expect(query.countries.map(\.description).sorted() == ["CA", "US", "XK"])
        #expect(query.apps == ["alipay", "x.y"])
        #expect(query.stores == ["apple"])
        #expect(query.acquisition == nil)
        #expect(query.grouping == [.month, .app])
        #expect(query.isTargetsOnly)
        #expect(command.format == .csv)
    }

    @Test func `a year is its first to its last day`() throws {
        let query = try parsed("report downloads --year 2020", as: ReportDownloadsCommand.self)
            .query
        #expect(query.from == Day("2020-01-01"))
        #expect(query.to == Day("2020-12-31"))
    }

    @Test func `a day at the end of a period of flags belongs to it, an instant does not`() throws {
        let days = try parsed(
            "report flags --from 2021-01-05 --to 2021-02-18",
            as: ReportFlagsCommand.self
        ).query
        #expect(days.from == Day("2021-01-05")?.start)
        #expect(days.until == Day("2021-02-19")?.start)
        let instant = try parsed(
            "report flags --to 2021-02-19T00:00:00-05:00",
            as: ReportFlagsCommand.self
        ).query
        #expect(instant.until == Timestamp(rfc3339: "2021-02-19T05:00:00Z"))
    }

    @Test func `every option of flags reaches the query`() throws {
        let query = try parsed(
            """
            report flags --target alipay --directive us-eo-13971 --disposition review \
            --status refunded --by act,day
            """,
            as: ReportFlagsCommand.self
        ).query
        #expect(query.targets == ["alipay"])
        #expect(query.directives == ["us-eo-13971"])
        #expect(query.disposition == .review)
        #expect(query.money == .only(.refunded))
        #expect(query.grouping == [.act, .day])
        let all = try parsed("report flags --status all", as: ReportFlagsCommand.self).query
        #expect(all.money == .all)
        #expect(
            try parsed("report flags", as: ReportFlagsCommand.self).query.money == .only(.captured)
        )
    }

    @Test(arguments: [
        "report downloads --year 20", "report downloads --year 2020 --from 2020-01-01",
        "report downloads --from 2020-02-30", "report downloads --from 2020-02-02 --to 2020-02-01",
        "report downloads --country USA", "report downloads --country US,",
        "report downloads --by app,app", "report downloads --by week", "report downloads --by app,",
        "report downloads --acquisition first", "report downloads --format xml",
        "report downloads --timeout 0", "report downloads extra", "report flags --status paid",
        "report flags --disposition maybe", "report flags --by week",
        "report flags --from 2021-02-01 --to 2021-01-01", "report flags --to yesterday",
        "alerts --from yesterday", "alerts --disposition maybe", "alerts --format csv",
        "dead-letters --last 0", "dead-letters --last 5 --from beginning",
        "dead-letters --reason because", "dead-letters --show appstore-events:1",
        "dead-letters --dry-run", "dead-letters --replay --last 3",
        "dead-letters --replay --with a",
        "topics create --partitions 0", "topics create --replication-factor 0",
        "topics describe --format xml", "rules check a.yaml --rules b", "rules show --at never",
        "rules show --format csv", "rules test --rules a b.yaml", "rules publish --author",
        "rules timeline --at x",
        "rules timeline --at 2021-01-01 --to 2021-02-01", "verify --dedupe-events 0", "nonsense",
    ])
    func `bad usage is refused before anything is done`(line: String) {
        let words = line.split(separator: " ").map(String.init)
        let error = #expect(throws: (any Error).self) { try CordonCommand.parseAsRoot(words) }
        if let error { #expect(CordonCommand.exitCode(for: error) == .validationFailure) }
    }

    @Test func `every command explains itself with examples`() {
        func check(_ command: any ParsableCommand.Type, path: [String]) {
            let configuration = command.configuration
            #expect(!configuration.abstract.isEmpty, "\(path)")
            let example = "examples:\n  cordon \(path.joined(separator: " "))"
            #expect(configuration.discussion.lowercased().contains(example), "\(path)")
            for subcommand in configuration.subcommands {
                let name = subcommand.configuration.commandName ?? ""
                check(subcommand, path: path + [name])
            }
        }
        for command in CordonCommand.configuration.subcommands {
            check(command, path: [command.configuration.commandName ?? ""])
        }
    }

    @Test func `flags go before the environment, and both before the defaults`() throws {
        let environment = [
            "CORDON_KAFKA_BOOTSTRAP_SERVERS": "env:1", "CORDON_TOPIC_PREFIX": "env.",
        ]
        let flagged = try parsed(
            "topics describe --brokers flag:2 --topic-prefix flag. --timeout 3",
            as: TopicsDescribeCommand.self
        ).broker.connection(environment: environment)
        #expect(flagged.kafka.bootstrapServers == "flag:2")
        #expect(flagged.topics.prefix == "flag.")
        #expect(flagged.timeLimit == .seconds(3))
        let plain = try parsed("topics describe", as: TopicsDescribeCommand.self)
        #expect(try plain.broker.connection(environment: environment).topics.prefix == "env.")
        #expect(
            try plain.broker.connection(environment: [:]).kafka.bootstrapServers == "127.0.0.1:9092"
        )
    }

    @Test func `all problems of the settings come at once`() throws {
        let command = try parsed(
            "topics describe --topic-prefix a/b",
            as: TopicsDescribeCommand.self
        )
        let environment = ["CORDON_KAFKA_ISOLATION_LEVEL": "read_uncommitted"]
        let problems = #expect(throws: SettingsProblems.self) {
            try command.broker.connection(environment: environment)
        }
        #expect(problems?.problems.count == 2)
    }
}
