import ArgumentParser
import Foundation
import RuleFeed

/// Which rule set a command works with.
struct RulesOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Directory of directives, or scenario/NAME; otherwise the set published on ban-rules, \
            else CORDON_RULES, else the shipped set.
            """,
            valueName: "directory"
        )
    )
    var rules: String?

    /// The way to the rules.
    var setting: RuleSetting { RuleSetting(flag: rules) }
}

/// The rule set of a command that can do without a broker: it asks one only if one is named.
struct RuleSourceOptions: ParsableArguments {
    @OptionGroup var rules: RulesOption
    @OptionGroup var broker: BrokerOptions

    /// The rules in force, as far as anything is known about a broker.
    func load() async throws -> ActiveRules {
        let environment = ProcessInfo.processInfo.environment
        let isBrokerNamed =
            broker.brokers != nil || environment["CORDON_KAFKA_BOOTSTRAP_SERVERS"] != nil
        let setting = rules.setting
        let files = try setting.load()
        guard isBrokerNamed else { return files }
        return try await broker.connection().onThread { try setting.published($0) ?? files }
    }
}
