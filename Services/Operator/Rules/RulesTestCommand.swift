import ArgumentParser
import BanRules
import ServiceKit

/// `cordon rules test`: the tests of directives, and whether they would notice a change.
struct RulesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that directives carry, then see whether the tests are any good.",
        discussion: """
            Every test is run through the code that also screens the stream. Then each directive \
            is changed in one place after another (every instant a second earlier and later, \
            every identifier, country, target and stake dropped, every act flipped, every state \
            made another), and at least one of its tests has to fail. A change that no test \
            notices is printed as file:line:column; the exit code is then 1.

            Examples:
              cordon rules test
              cordon rules test my-rules/
              cordon rules test --no-mutants us-eo-13971.yaml
            """
    )

    @Argument(
        help: ArgumentHelp("Directive files, or directories of them.", valueName: "path")
    )
    var paths: [String] = []

    @ArgumentParser.Flag(inversion: .prefixedNo, help: "Change the directives as well.")
    var mutants = true

    @OptionGroup var rules: RulesOption

    func validate() throws {
        guard paths.isEmpty || rules.rules == nil else {
            throw ValidationError("give paths or --rules, not both")
        }
    }

    func run() async throws {
        let outcome: RuleTestOutcome
        do throws(RuleProblems) {
            let files =
                paths.isEmpty
                ? try rules.setting.files() : try RulesCheckCommand.files(at: paths)
            outcome = try RuleTestOutcome(files, withMutants: mutants)
        } catch {
            throw ToolFailure("the rules cannot be tested:\n" + error.description)
        }
        try StandardOutput.print(outcome.text)
        guard outcome.isGood else { throw ToolFailure(outcome.complaint) }
    }
}

/// What came of testing a rule set.
struct RuleTestOutcome {
    private let ruleSet: RuleSet
    private let failures: [RuleTestFailure]
    private let mutation: MutationOutcome?

    /// Runs everything; mutants only of a set whose tests pass.
    init(_ files: RuleFiles, withMutants: Bool) throws(RuleProblems) {
        ruleSet = try RuleSet(files)
        failures = ruleSet.failures()
        mutation = withMutants && failures.isEmpty ? try files.mutate() : nil
    }

    /// Whether all tests pass and nothing survived.
    var isGood: Bool { failures.isEmpty && (mutation?.survivors.isEmpty ?? true) }

    /// Failures and survivors, a line each, then what was done.
    var text: String {
        var lines = failures.map(\.description) + (mutation?.survivors.map(\.description) ?? [])
        let tests = ruleSet.directives.reduce(0) { $0 + $1.tests.count }
        let events = ruleSet.directives.reduce(0) { sum, directive in
            sum + directive.tests.reduce(0) { $0 + $1.eventCount }
        }
        var summary =
            "\(grouped(Int64(ruleSet.directives.count), "directive")), "
            + "\(grouped(Int64(tests), "test")) of \(grouped(Int64(events), "event")), "
            + "\(failures.count) failed"
        if let mutation {
            summary +=
                "; \(grouped(Int64(mutation.tried), "change")) tried, "
                + "\(mutation.survivors.count) survived"
        }
        lines.append(summary)
        return lines.map { $0 + "\n" }.joined()
    }

    /// Why the command fails.
    var complaint: String {
        failures.isEmpty
            ? "\(grouped(Int64(mutation?.survivors.count ?? 0), "change")) not noticed by any test"
            : "\(grouped(Int64(failures.count), "test")) failed"
    }
}
