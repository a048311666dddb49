import ArgumentParser

/// `cordon report`: totals from the topics that screening writes.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Add up downloads or flags.",
        discussion: """
            Examples:
              cordon report downloads --year 2020 --country US --targets-only
              cordon report flags --by target,state
            """,
        subcommands: [ReportDownloadsCommand.self, ReportFlagsCommand.self]
    )
}
