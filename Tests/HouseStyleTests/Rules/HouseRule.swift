import Testing

/// The rules of the house, each applied to a whole tree.
enum HouseRule: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case fileLength, lineLength, functionLength, parameterCount
    case forbiddenPath, forbiddenType, crowdedFolders, fileName, deadFiles
    case imports
    case traps, prints, detachedTasks, sleeps, uncheckedSendability
    case topLevelEntries, readmePaths, workplaceWords

    var testDescription: String { rawValue }

    func violations(in tree: SourceTree) -> [Violation] {
        let paths = tree.texts.keys.sorted()
        return switch self {
        case .fileLength: tree.swift.flatMap(LengthRules.fileLength)
        case .lineLength:
            tree.swift.flatMap { source in
                LengthRules.lineLength(path: source.path, text: tree.texts[source.path] ?? "")
            }
        case .functionLength: tree.swift.flatMap(LengthRules.functionLength)
        case .parameterCount: tree.swift.flatMap(LengthRules.parameterCount)
        case .forbiddenPath: paths.flatMap(NameRules.forbiddenPath)
        case .forbiddenType: tree.swift.flatMap(NameRules.forbiddenType)
        case .crowdedFolders: NameRules.crowdedFolders(paths)
        case .fileName: tree.swift.flatMap(NameRules.fileName)
        case .deadFiles: NameRules.deadFiles(tree.swift)
        case .imports: tree.swift.flatMap(ImportRules.imports)
        case .traps: tree.swift.flatMap(SafetyRules.traps)
        case .prints: tree.swift.flatMap(SafetyRules.prints)
        case .detachedTasks: tree.swift.flatMap(SafetyRules.detachedTasks)
        case .sleeps: tree.swift.flatMap(SafetyRules.sleeps)
        case .uncheckedSendability: tree.swift.flatMap(SafetyRules.uncheckedSendability)
        case .topLevelEntries: TreeRules.topLevelEntries(paths)
        case .readmePaths: TreeRules.readmePaths(tree)
        case .workplaceWords:
            paths.flatMap {
                TreeRules.workplaceWords(path: $0, text: tree.texts[$0] ?? "")
            }
        }
    }

    /// Where a rule would make a place worse, the place and the reason.
    struct Exception: Sendable, Hashable {
        var rule: HouseRule
        var path: String
        var reason: String
    }

    static let exceptions: [Exception] = [
        Exception(
            rule: .parameterCount,
            path: "Shared/Kafka/KafkaError.swift",
            reason: "a plain value's own members; a struct for them would be the same value again"
        ),
        Exception(
            rule: .sleeps,
            path: "Tests/TestSupport/WaitUntil.swift",
            reason: "the one place where tests wait between two looks at a condition"
        ),
        Exception(
            rule: .sleeps,
            path: "Services/Ingest/Door/SinkProbe.swift",
            reason: "a probe at an interval, and a door held open for a stated time when stopping"
        ),
        Exception(
            rule: .sleeps,
            path: "Services/Ingest/Loading/LoadRun.swift",
            reason: "a load at a stated rate waits for the time of its next events"
        ),
    ]
}
