import ArgumentParser
import ServiceKit

/// `cordon`: the operator's tool; reads topics and owns no state.
@main
enum Main {
    static func main() async {
        StandardOutput.survivePipeEnd()
        await runTool(CordonCommand.self)
    }
}

/// The command line's root.
struct CordonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cordon",
        abstract: "Look at what Cordon screened: rules, flags, counts and dead letters.",
        discussion: """
            Data goes to standard output, everything else to standard error. The exit code is 0, \
            1 for a failure, 2 for bad usage.

            Examples:
              cordon topics create
              cordon report downloads --year 2020 --country US --targets-only
              cordon alerts --target alipay
            """,
        version: "cordon \(cordonVersion)",
        subcommands: [
            TopicsCommand.self, RulesCommand.self, ReportCommand.self, AlertsCommand.self,
            DeadLettersCommand.self, VerifyCommand.self, GenerateCommand.self,
        ]
    )
}
