/// Who may import what: the arrows of the house, checked where SwiftPM cannot see them all.
enum ImportRules {
    /// A folder, the targets of ours it may import, and the only other modules it may, if told.
    struct Border: Sendable {
        var folder: String
        var ours: Set<String>
        var others: Set<String>?
    }

    static let ourTargets: Set<String> = [
        "BenchmarkKit", "CPrefetch", "CRDKafka", "CTextMarks", "Kafka", "Events", "BanRules",
        "Pipeline",
        "RuleFeed", "ServiceKit", "Ingest", "Screening", "Operator", "TestSupport",
        "BrokerTools",
    ]

    /// The innermost folder comes first, because the first that holds a file decides.
    static let borders: [Border] = [
        Border(folder: "Shared/Events", ours: ["CTextMarks"], others: []),
        Border(
            folder: "Shared/BanRules",
            ours: ["Events"],
            others: ["Yams", "Crypto", "Foundation", "FoundationEssentials"]
        ),
        Border(
            folder: "Shared/Kafka/RDKafka",
            ours: ["CPrefetch", "CRDKafka"],
            others: systemModules.union(["Logging"])
        ),
        Border(
            folder: "Shared/Kafka",
            ours: [],
            others: systemModules.union(["Logging", "Metrics", "ServiceLifecycle"])
        ),
        Border(folder: "Shared/ServiceKit", ours: []),
        Border(
            folder: "Shared/Pipeline",
            ours: ["BanRules", "CPrefetch", "Events"],
            others: ["Crypto"]
        ),
        // The one place where rules and Kafka meet: what both services and the tool follow.
        Border(
            folder: "Shared/RuleFeed",
            ours: ["BanRules", "Events", "Kafka"],
            others: systemModules.union(["Logging"])
        ),
        Border(
            folder: "Services/Ingest",
            ours: ["ServiceKit", "Kafka", "RuleFeed", "BanRules", "Events"]
        ),
        Border(
            folder: "Services/Screening",
            ours: ["ServiceKit", "Kafka", "RuleFeed", "Pipeline", "BanRules", "Events"]
        ),
        Border(
            folder: "Services/Operator",
            ours: ["ServiceKit", "Kafka", "RuleFeed", "Pipeline", "BanRules", "Events"]
        ),
        Border(folder: "Tests/TestSupport", ours: []),
        // Apart from our own Kafka layer, which is what it helps to judge.
        Border(folder: "Tests/BrokerTools", ours: ["CRDKafka"]),
        Border(
            folder: "Tests/Benchmarks",
            ours: [
                "BenchmarkKit", "CRDKafka", "Pipeline", "BanRules", "Events", "Kafka",
                "TestSupport",
            ]
        ),
        Border(folder: "Tests/HouseStyleTests", ours: []),
        Border(folder: "Tests/EndToEndTests", ours: ["BrokerTools", "TestSupport", "Events"]),
        Border(folder: "Tests/KafkaTests", ours: ["CRDKafka", "Kafka", "TestSupport"]),
        Border(folder: "Tests/EventsTests", ours: ["Events", "TestSupport"]),
        Border(folder: "Tests/BanRulesTests", ours: ["BanRules", "Events", "TestSupport"]),
        Border(folder: "Tests/ServiceKitTests", ours: ["ServiceKit", "TestSupport"]),
        Border(
            folder: "Tests/IngestTests",
            ours: ["Ingest", "ServiceKit", "Kafka", "Events", "TestSupport"]
        ),
        Border(
            folder: "Tests/FuzzTests",
            ours: ["Pipeline", "BanRules", "Events", "Ingest", "TestSupport"]
        ),
        Border(
            folder: "Tests/PipelineTests",
            ours: ["Pipeline", "BanRules", "Events", "TestSupport"]
        ),
        Border(
            folder: "Tests/ScreeningTests",
            ours: [
                "Screening", "ServiceKit", "Kafka", "Pipeline", "BanRules", "Events", "TestSupport",
            ]
        ),
        Border(
            folder: "Tests/OperatorTests",
            ours: [
                "Operator", "ServiceKit", "Kafka", "RuleFeed", "BanRules", "Events", "TestSupport",
            ]
        ),
    ]

    private static let systemModules: Set<String> = [
        "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Glibc", "Darwin",
    ]

    static func imports(_ source: SwiftSource) -> [Violation] {
        if source.path == "Package.swift" { return [] }
        guard let border = borders.first(where: { source.path.hasPrefix($0.folder + "/") }) else {
            return [Violation(source.path, "stands in no folder that the import rules know")]
        }
        return importedModules(source).compactMap { module, line in
            let isAllowed =
                ourTargets.contains(module)
                ? border.ours.contains(module) : border.others?.contains(module) ?? true
            return isAllowed
                ? nil : Violation(source.path, line: line, "\(border.folder) imports \(module)")
        }
    }

    private static func importedModules(_ source: SwiftSource) -> [(String, Int)] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "let", "var"]
        return source.tokens.indices.filter {
            source.tokens[$0].text == "import" && source.tokens[$0].kind == .word
        }.map { index in
            let hasKind = kinds.contains(source.text(at: index + 1))
            return (source.text(at: index + (hasKind ? 2 : 1)), source.tokens[index].line)
        }
    }
}
