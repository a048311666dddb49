import ArgumentParser
import BanRules
import Foundation
import ServiceKit

/// Which rule set a command works with.
struct RulesOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Directory of directives; CORDON_RULES otherwise, else the shipped set.",
            valueName: "directory"
        )
    )
    var rules: String?

    /// Loads the set for a command that needs it on its way.
    ///
    /// - Throws: ``ToolFailure`` with every problem of the files, one a line.
    func load(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ToolFailure) -> RuleSet {
        do throws(RuleProblems) {
            return try read(environment: environment)
        } catch {
            throw ToolFailure("the rules cannot be used:\n" + error.description)
        }
    }

    /// Reads the set: the directory asked for, that of the environment, or what ships.
    func read(environment: [String: String]) throws(RuleProblems) -> RuleSet {
        let directory = rules ?? environment["CORDON_RULES"] ?? ""
        return directory.isEmpty ? try RuleSet.shipped() : try RuleSet.load(directory: directory)
    }
}
