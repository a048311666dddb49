import ArgumentParser
import BanRules
import Foundation
import ServiceKit

/// `cordon rules check`: every problem of a rule set, or its summary.
struct RulesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find every mistake in directive files, or sum up what they hold.",
        discussion: """
            All files make one set, as they would in CORDON_RULES. Without an argument the set of \
            CORDON_RULES is checked, else the shipped one. Each problem is printed as \
            file:line:column: message; the exit code is then 1.

            Examples:
              cordon rules check
              cordon rules check my-rules/
              cordon rules check us-eo-13971.yaml in-69a-59.yaml
            """
    )

    @Argument(
        help: ArgumentHelp("Directive files, or directories of them.", valueName: "path")
    )
    var paths: [String] = []

    @OptionGroup var rules: RulesOption

    func validate() throws {
        guard paths.isEmpty || rules.rules == nil else {
            throw ValidationError("give paths or --rules, not both")
        }
    }

    func run() async throws {
        do {
            let files = paths.isEmpty ? try rules.setting.files() : try Self.files(at: paths)
            try StandardOutput.print(RuleSummary(try RuleSet(files)).text)
        } catch let error as RuleProblems {
            try StandardOutput.print(error.description + "\n")
            throw ToolFailure("\(grouped(Int64(error.problems.count), "problem")) found")
        }
    }

    /// Files, and the files of directories, as one set.
    static func files(at paths: [String]) throws(RuleProblems) -> RuleFiles {
        if let only = paths.first, paths.count == 1, isDirectory(only) {
            return try RuleFiles.directory(only)
        }
        var names: [String] = []
        for path in paths {
            guard isDirectory(path) else {
                names.append(path)
                continue
            }
            names += try RuleFiles.directory(path).files.map(\.name)
        }
        return try RuleFiles.paths(names)
    }

    private static func isDirectory(_ path: String) -> Bool {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
    }
}

/// What a rule set holds, in a few lines.
struct RuleSummary {
    private let ruleSet: RuleSet

    init(_ ruleSet: RuleSet) {
        self.ruleSet = ruleSet
    }

    /// A line for each directive, then the set as a whole.
    var text: String {
        var sheet = Sheet([
            .text("directive"), .number("targets"), .number("identifiers"),
            .number("prohibitions"), .number("tests"), .text("digest"),
        ])
        for directive in ruleSet.directives {
            sheet.append([
                .text(directive.id), .number(Int64(directive.targets.count)),
                .number(Int64(directive.identifierCount)),
                .number(Int64(directive.prohibitions.count)),
                .number(Int64(directive.tests.count)), .text(directive.digest),
            ])
        }
        let count = grouped(Int64(ruleSet.directives.count), "directive")
        return sheet.table + "\nno problems in \(count); rule set \(ruleSet.digest)\n"
    }
}

extension Directive {
    /// How many ids, codes, companies and names its targets can be recognised by.
    var identifierCount: Int {
        targets.reduce(0) { sum, target in
            sum + target.names.count + target.entities.count + target.appleBundleIDs.count
                + target.appleIDs.count + target.googlePackages.count
                + target.paymentMethods.count
        }
    }
}
