import ArgumentParser

/// `cordon rules`: the directives that screening judges by.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Check, test, show and publish directives.",
        discussion: """
            Examples:
              cordon rules check my-rules/
              cordon rules test my-rules/
              cordon rules timeline --from 2020-01-01
              cordon rules show us-eo-13971 --at 2021-02-01
            """,
        subcommands: [
            RulesCheckCommand.self, RulesTestCommand.self, RulesShowCommand.self,
            RulesTimelineCommand.self, RulesPublishCommand.self,
        ]
    )
}
