import ArgumentParser

/// `cordon topics`: the topics that the services meet on.
struct TopicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics",
        abstract: "Create and describe the topics.",
        discussion: """
            Examples:
              cordon topics create --partitions 12
              cordon topics describe
            """,
        subcommands: [TopicsCreateCommand.self, TopicsDescribeCommand.self]
    )
}
