import ArgumentParser
import BanRules
import Events
import Foundation
import Kafka
import RuleFeed
import ServiceKit

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

    /// The files of a command that looks at files alone.
    func files(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(RuleProblems) -> RuleFiles {
        try RuleFiles.asked(by: setting(environment))
    }

    /// Loads the set of the files for a command that needs it on its way.
    ///
    /// - Throws: ``ToolFailure`` with every problem of the files, one a line.
    func load(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ToolFailure) -> ActiveRules {
        do throws(RuleProblems) {
            let (ruleSet, source) = try RuleSet.asked(by: setting(environment))
            return ActiveRules(ruleSet, from: source)
        } catch {
            throw ToolFailure("the rules cannot be used:\n" + error.description)
        }
    }

    /// The set that the services judge by: what is published, unless the flag asks for files.
    func load(_ connection: Connection) throws -> ActiveRules {
        let files = try load()
        guard rules == nil else { return files }
        let reader = try connection.reader()
        defer { reader.close() }
        let topic = connection.topics.banRules
        let release = try RuleTopic.latest(
            reader,
            topic: topic,
            timeLimit: connection.timeLimit
        ) { offset, reason in
            Terminal.writeError(
                "warning: the set at offset \(offset) of \(topic) cannot be used: \(reason)\n"
            )
        }
        return release.map { ActiveRules($0) } ?? files
    }

    private func setting(_ environment: [String: String]) -> String? {
        rules ?? environment["CORDON_RULES"]
    }
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
        guard rules.rules == nil, isBrokerNamed else { return try rules.load() }
        let rules = rules
        return try await broker.connection().onThread { try rules.load($0) }
    }
}
