import ArgumentParser

/// `cordon rules`: the directives that screening judges by.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Check and show directives.",
        discussion: """
            Examples:
              cordon rules check my-rules/
              cordon rules show us-eo-13971 --at 2021-02-01
            """,
        subcommands: [RulesCheckCommand.self, RulesShowCommand.self]
    )
}
