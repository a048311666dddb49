import ArgumentParser
import BanRules
import Foundation
import RuleFeed
import ServiceKit
import Testing

@testable import Operator

@Suite struct RulesCheckCommandTests {
    /// A directory that lasts as long as the body.
    private func withDirectory(
        _ files: [String: String],
        _ body: (String) throws -> Void
    ) throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "cordon-rules-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            try Data(text.utf8).write(to: directory.appending(path: name))
        }
        try body(directory.path())
    }

    @Test func `problems of all files come together, with their places`() throws {
        try withDirectory(["a.yaml": "id: [", "b.yml": "id: 7", "c.txt": "ignored"]) { directory in
            for paths in [[directory], [directory + "/a.yaml", directory + "/b.yml"]] {
                let problems = #expect(throws: RuleProblems.self) {
                    try RuleSet(RulesCheckCommand.files(at: paths))
                }
                let files = Set((problems?.problems ?? []).map(\.file))
                #expect(files.count == 2, "\(paths)")
                #expect(!files.contains { $0.hasSuffix("c.txt") })
            }
        }
    }

    @Test func `a directory and a file beside it make one set`() throws {
        try withDirectory(["a.yaml": "id: 1"]) { directory in
            try withDirectory(["b.yaml": "id: 2", "ignored": ""]) { other in
                let problems = #expect(throws: RuleProblems.self) {
                    try RuleSet(RulesCheckCommand.files(at: [directory, other + "/b.yaml"]))
                }
                #expect(Set((problems?.problems ?? []).map(\.file)).count == 2)
            }
        }
    }

    @Test func `a file that is not there is named`() {
        let problems = #expect(throws: RuleProblems.self) {
            try RulesCheckCommand.files(at: ["/nowhere/a.yaml"])
        }
        #expect(problems?.problems.first?.file == "/nowhere/a.yaml")
    }

    @Test func `the rules come from the option, else the environment, else what ships`() throws {
        try withDirectory([:]) { empty in
            func setting(_ environment: [String: String], flag: String? = nil) -> RuleSetting {
                RuleSetting(flag: flag, environment: environment)
            }
            #expect(throws: RuleProblems.self) { try setting(["CORDON_RULES": empty]).files() }
            #expect(try setting([:]).load().ruleSet.digest == RuleSet.shipped().digest)
            #expect(try setting(["CORDON_RULES": ""]).load().source == .shipped)
            let scenario = "scenario/us-eo-13971-as-reported"
            let loaded = try setting(["CORDON_RULES": scenario]).load()
            #expect(loaded.ruleSet.directives.map(\.id) == ["us-eo-13971-as-reported"])
            #expect(throws: ToolFailure.self) {
                try setting(["CORDON_RULES": scenario], flag: "/nowhere").load()
            }
        }
    }
}
