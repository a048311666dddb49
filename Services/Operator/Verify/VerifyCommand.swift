import ArgumentParser
import BanRules
import Events
import Kafka
import RuleFeed
import ServiceKit

/// `cordon verify`: whether everything that was received is accounted for.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove from journals and topics that nothing is missing and nothing is twice.",
        discussion: """
            For each input partition and each transaction in its journal: received = screened + \
            duplicate + dead-lettered, the records between two journal entries are as many as were \
            received, every dead letter and every flag stands once and belongs to a transaction, \
            and the flag names the rule set that the journal names. With --deep every batch is \
            judged again under that rule set, and every flag and count is compared. Whatever does \
            not add up is printed with topic, partition and offsets; the exit code is then 1.

            Examples:
              cordon verify
              cordon verify --deep
              cordon verify --deep --rules rules-of-2021/
            """
    )

    @OptionGroup var broker: BrokerOptions
    @OptionGroup var rules: RulesOption

    @ArgumentParser.Flag(help: "Judge every batch again and compare every flag and count.")
    var deep = false

    @Option(
        help: ArgumentHelp(
            "CORDON_SCREENING_DEDUPE_EVENTS of the service, for --deep.",
            valueName: "number"
        )
    )
    var dedupeEvents = 1_000_000

    @Option(help: "How to print: table, csv or json.")
    var format = OutputFormat.table

    func validate() throws {
        guard dedupeEvents > 0 else {
            throw ValidationError("--dedupe-events is a number from 1 on")
        }
    }

    func run() async throws {
        let connection = try broker.connection()
        let files = try rules.setting.load().ruleSet
        let (isDeep, horizon) = (deep, dedupeEvents)
        let outcome = try await connection.onThread { connection in
            try VerifyOutcome(connection, files: files, deepHorizon: isDeep ? horizon : nil)
        }
        try StandardOutput.print(outcome.sheet.text(format))
        for line in outcome.residues { Terminal.writeError(line + "\n") }
        for line in outcome.notes { Terminal.writeError(line + "\n") }
        guard outcome.residues.isEmpty else {
            throw ToolFailure("\(grouped(Int64(outcome.residues.count), "residue")) found")
        }
        Terminal.writeError(
            isDeep
                ? "every record is accounted for; every flag and count is what its events give\n"
                : "every record is accounted for\n"
        )
    }
}

/// What came of verifying.
struct VerifyOutcome: Sendable {
    let sheet: Sheet
    /// What does not add up: topic and partition, then a sentence.
    private(set) var residues: [String] = []
    /// What a reader should know besides.
    private(set) var notes: [String] = []

    /// Reads everything; with a horizon judges everything again.
    init(_ connection: Connection, files: RuleSet, deepHorizon: Int?) throws {
        let verification = try Verification(connection)
        var sheet = Sheet([
            .text("partition"), .number("received"), .number("screened"), .number("duplicate"),
            .number("deadLettered", heading: "DEAD"), .number("expired"), .number("flags"),
            .number("waiting"), .number("residues"),
        ])
        for audit in verification.ordered {
            let place = "\(audit.topic):\(audit.partition)"
            let (tally, flags, waiting) = audit.figures
            let found = audit.residues
            residues += found.map { "\(place): \($0)" }
            sheet.append([
                .text(place), .number(tally?.received ?? 0), .number(tally?.screened ?? 0),
                .number(tally?.duplicate ?? 0), .number(tally?.deadLettered ?? 0),
                .number(tally?.expired ?? 0), .number(Int64(flags)), .number(Int64(waiting)),
                .number(Int64(found.count)),
            ])
        }
        self.sheet = sheet
        guard let deepHorizon else { return }
        let history = try RuleHistory(connection, files: files)
        let comparison = try DeepComparison(
            connection,
            verification.ordered,
            history,
            horizon: deepHorizon
        )
        residues += comparison.residues
        notes += comparison.notes
    }
}
