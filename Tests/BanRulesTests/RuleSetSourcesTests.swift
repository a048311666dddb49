import Foundation
import Testing

@testable import BanRules

struct RuleSetSourcesTests {
    @Test func `a directory gives its YAML files and nothing else`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "rules-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(
            at: directory.appending(path: "scenario"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(throws: RuleProblems.self) { try RuleSet(.directory(directory.path)) }

        let other = SampleDirective.replacing("id: sample", with: "id: other")
        for (name, text) in [
            ("b.yaml", SampleDirective.text), ("a.yml", other), ("notes.txt", "no rules"),
            (".hidden.yaml", "broken: ["), ("scenario/c.yaml", "broken: ["),
        ] {
            try Data(text.utf8).write(to: directory.appending(path: name))
        }
        let ruleSet = try RuleSet(.directory(directory.path))
        #expect(ruleSet.directives.map(\.id) == ["other", "sample"])
        #expect(ruleSet.directives.first?.file == directory.path + "/a.yml")

        try Data("broken: [".utf8).write(to: directory.appending(path: "c.yaml"))
        try FileManager.default.createDirectory(
            at: directory.appending(path: "d.yaml"),
            withIntermediateDirectories: true
        )
        let error = #expect(throws: RuleProblems.self) {
            try RuleSet(.directory(directory.path + "/"))
        }
        #expect(error?.problems.map(\.file).map { $0.suffix(7) } == ["/c.yaml", "/d.yaml"])
    }

    @Test func `a directory that is not there is a problem that names it`() {
        let error = #expect(throws: RuleProblems.self) {
            try RuleSet(.directory("/no/such/directory"))
        }
        #expect(error?.problems.map(\.file) == ["/no/such/directory"])
    }

    @Test func `the template of the README loads and passes its own tests`() throws {
        let readme = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Shared/BanRules/README.md")
        let text = try String(contentsOf: readme, encoding: .utf8)
        let parts = text.split(separator: "```", omittingEmptySubsequences: false)
        let template = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst(5)
        let ruleSet = try RuleSet.of([("template.yaml", Array(template.utf8))])
        #expect(ruleSet.directives.first?.tests.count == 2)
        #expect(ruleSet.failures() == [])
    }
}
