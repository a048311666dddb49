import ArgumentParser

/// What `deploy/bench` runs: a program of many small measurements.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Bench",
        abstract: "Measures Cordon. Run by deploy/bench; every measurement prints a line of JSON.",
        subcommands: [
            SuiteCommand.self, PureCommand.self, MemoryCommand.self,
        ]
    )
}
