import Testing

/// Shows each rule a small bad tree and a good one next to it, so that the rules are known to bite.
struct HouseRuleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var rule: HouseRule
        var path: String
        var bad: String
        var good: String

        var testDescription: String { "\(rule): \(bad.prefix { $0 != "\n" }.prefix(60))" }
    }

    @Test(arguments: badTexts)
    func `a bad text is found, the good one is not`(example: Example) {
        let bad = SourceTree(texts: [example.path: example.bad])
        let good = SourceTree(texts: [example.path: example.good])
        #expect(example.rule.violations(in: bad).map(\.path) == [example.path])
        #expect(example.rule.violations(in: good) == [])
    }

    @Test(arguments: [
        (HouseRule.forbiddenPath, "Shared/Events/StringUtils.swift", "Shared/Events/Base64.swift"),
        (.forbiddenPath, "Shared/Helpers/Day.swift", "Shared/Events/NewlineScanner.swift"),
        (.topLevelEntries, "notes.txt", "deploy/notes.txt"),
        (.topLevelEntries, ".editorconfig", ".swift-format"),
        (.imports, "Elsewhere/Thing.swift", "Shared/Events/Thing.swift"),
    ])
    func `a bad path is found, the good one is not`(rule: HouseRule, bad: String, good: String) {
        #expect(rule.violations(in: SourceTree(texts: [bad: ""])).map(\.path) == [bad])
        #expect(rule.violations(in: SourceTree(texts: [good: ""])) == [])
    }

    @Test func `a folder holds a dozen files and no more`() {
        let paths = (0..<12).map { "Shared/Events/File\($0).swift" }
        #expect(NameRules.crowdedFolders(paths + ["Shared/Events/README.md"]) == [])
        let crowded = NameRules.crowdedFolders(paths + ["Shared/Events/File12.swift"])
        #expect(crowded.map(\.path) == ["Shared/Events"])
    }

    @Test func `a file that nothing uses is dead`() {
        let used = ["Shared/Events/Day.swift": "struct Day {}", "Shared/Events/Month.swift": ""]
        #expect(
            HouseRule.deadFiles.violations(in: SourceTree(texts: used)).map(\.path)
                == ["Shared/Events/Day.swift", "Shared/Events/Month.swift"]
        )
        let alive = [
            "Shared/Events/Day.swift": "struct Day { var month: Month }",
            "Shared/Events/Month.swift": "struct Month { func last() -> Day {} }",
            "Shared/Events/Day+Text.swift": "extension Day {}",
            "Services/Ingest/Ingest.swift": "@main struct Ingest {}",
            "Tests/EventsTests/DayTests.swift": "struct DayTests { @Test func `a day`() {} }",
        ]
        #expect(HouseRule.deadFiles.violations(in: SourceTree(texts: alive)) == [])
    }

    @Test func `a name in a comment or a string does not keep a file alive`() {
        let texts = [
            "Shared/Events/Day.swift": "struct Day {}",
            "Shared/Events/Use+Day.swift": "// Day\nlet text = \"Day\"",
        ]
        #expect(HouseRule.deadFiles.violations(in: SourceTree(texts: texts)).count == 1)
    }

    @Test func `a README names only what is there`() {
        let texts = [
            "README.md": """
            See `Shared/Events`, [the rules](Shared/BanRules/README.md), `deploy/demo --exit`,
            `Shared/Gone/Thing.swift`, Day.swift, Night.swift and https://example.com/a.md.
            """,
            "Shared/BanRules/README.md": "Back to [events](../Events/Day.swift), ../Events/X.swift",
            "Shared/Events/Day.swift": "", "deploy/demo": "",
        ]
        let violations = HouseRule.readmePaths.violations(in: SourceTree(texts: texts))
        #expect(
            violations.map { "\($0.line) \($0.message.split(separator: ",")[0])" } == [
                "2 names Shared/Gone/Thing.swift", "2 names Night.swift",
                "1 names ../Events/X.swift",
            ]
        )
    }

    private static let product = "Shared/Events/Thing.swift"
    private static let edge = "Shared/Kafka/RDKafka/Thing.swift"

    private static let badTexts: [Example] =
        lengths + imports
        + [
            .init(.forbiddenType, "struct DayManager {}", "struct Managed {}"),
            .init(.forbiddenType, "enum Extensions {}", "enum Extension {}"),
            .init(.fileName, "struct Other {}", "public struct Thing {}"),
            .init(.fileName, "struct Other { struct Thing {} }", "func anything() {}"),
            .init(.traps, "fatalError(\"x\")", "// fatalError(\"x\")"),
            .init(.traps, "let a = try! b()", "let a = try? b()"),
            .init(.traps, "let a = b as! C", "let a = b as? C"),
            .init(.traps, "let a = b!.c", "let a = !b.c && d != e"),
            .init(.traps, "var a: B!", "let a = \"b!\""),
            .init(.traps, "let a = \"\\(b()!)\"", "let a = #\"\\(b()!)\"#"),
            .init(.prints, "print(1)", "log.print(1)"),
            .init(.detachedTasks, "Task.detached {}", "Task {}"),
            .init(.sleeps, "try await Task.sleep(for: .seconds(1))", "/* sleep(1) /* */ */"),
            .init(.sleeps, "usleep(5)", "let asleep = (5)"),
            .init(
                .uncheckedSendability,
                "final class A: @unchecked Sendable {}",
                "final class A {}"
            ),
            .init(.uncheckedSendability, "nonisolated(unsafe) var a = 1", "nonisolated var a = 1"),
            .init(
                .uncheckedSendability,
                at: edge,
                "/// A.\nfinal class A: @unchecked Sendable {}",
                "// Every use is under the lock.\nfinal class A: @unchecked Sendable {}"
            ),
            .init(.workplaceWords, "// see /" + "work/main", "// see Shared"),
        ]

    private static let lengths: [Example] = [
        .init(.fileLength, lines("let a = 1", 401), lines("let a = 1", 400)),
        .init(
            .fileLength,
            at: "Tests/EventsTests/Thing.swift",
            lines("let a = 1", 601),
            lines("let a = 1", 600)
        ),
        .init(.lineLength, String(repeating: "é", count: 101), String(repeating: "é", count: 100)),
        .init(
            .lineLength,
            "let a = \(letters)",
            "// https://example.com/\(letters)"
        ),
        .init(.functionLength, function(bodyLines: 71), function(bodyLines: 70) + comments),
        .init(.functionLength, "init() {\n\(lines("a()", 71))}", "init() {\n\(lines("", 90))}"),
        .init(
            .functionLength,
            "var a: Int {\n\(lines("a()", 71))}",
            "var a = [\n\(lines("1,", 71))]"
        ),
        .init(
            .parameterCount,
            "func a(b: Int, c: Int, d: Int, e: Int, f: Int, g: Int, h: Int) {}",
            "func a(b: [Int: Int], c: (Int, Int), d: D<Int, Int>, e: (Int) -> Int, f: Int, g: Int)"
        ),
    ]

    private static let imports: [Example] = [
        .init(.imports, "import Foundation", "struct Thing {}"),
        .init(.imports, at: "Shared/BanRules/A.swift", "import Kafka", "public import Events"),
        .init(.imports, at: "Shared/Kafka/A.swift", "import CRDKafka", "import Logging"),
        .init(.imports, at: "Shared/Kafka/A.swift", "import Events", "import Synchronization"),
        .init(.imports, at: edge, "internal import Events", "@preconcurrency import CRDKafka"),
        .init(.imports, at: "Shared/ServiceKit/A.swift", "import Kafka", "import Hummingbird"),
        .init(.imports, at: "Services/Ingest/A.swift", "import Screening", "import Kafka"),
        .init(.imports, at: "Services/Ingest/A.swift", "import Operator", "import Events"),
        .init(.imports, at: "Shared/RuleFeed/A.swift", "import ServiceKit", "import BanRules"),
        .init(.imports, at: "Services/Operator/A.swift", "import CRDKafka", "import BanRules"),
        .init(
            .imports,
            at: "Tests/EventsTests/A.swift",
            "import Kafka",
            "@testable import struct Events.Day"
        ),
    ]

    private static let comments = "\n// nothing\n"
    private static let letters = String(repeating: "a", count: 100)

    private static func lines(_ text: String, _ count: Int) -> String {
        String(repeating: text + "\n", count: count)
    }

    /// Half of the lines are comments or blank, which do not count.
    private static func function(bodyLines: Int) -> String {
        "func long(a: Int) -> Int where A: B {\n" + lines("    a()\n\n    // why", bodyLines) + "}"
    }
}

extension HouseRuleTests.Example {
    fileprivate init(
        _ rule: HouseRule,
        at path: String = "Shared/Events/Thing.swift",
        _ bad: String,
        _ good: String
    ) {
        self.init(rule: rule, path: path, bad: bad, good: good)
    }
}
