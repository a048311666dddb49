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
            let environment = ProcessInfo.processInfo.environment
            let ruleSet =
                paths.isEmpty ? try rules.read(environment: environment) : try Self.load(paths)
            try StandardOutput.print(RuleSummary(ruleSet).text)
        } catch let error as RuleProblems {
            try StandardOutput.print(error.description + "\n")
            let count = error.problems.count
            throw ToolFailure("\(count) problem\(count == 1 ? "" : "s") found")
        }
    }

    /// Reads files and the files of directories as one set.
    static func load(_ paths: [String]) throws -> RuleSet {
        if let only = paths.first, paths.count == 1, isDirectory(only) {
            return try RuleSet.load(directory: only)
        }
        var files: [(name: String, bytes: [UInt8])] = []
        for path in try paths.flatMap(paths(in:)) {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ToolFailure("\(path) cannot be read")
            }
            files.append((path, Array(data)))
        }
        return try RuleSet(files: files)
    }

    private static func paths(in path: String) throws -> [String] {
        guard isDirectory(path) else { return [path] }
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        return names.sorted()
            .filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }
            .map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
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
        let count = ruleSet.directives.count
        return sheet.table
            + "\nno problems in \(count) directive\(count == 1 ? "" : "s"); "
            + "rule set \(ruleSet.digest)\n"
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
