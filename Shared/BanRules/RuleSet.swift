internal import Events

/// The directives that hold together, as loaded at one time.
public struct RuleSet: Sendable {
    /// The directives by id.
    public let directives: [Directive]
    /// SHA-256, as `sha256:` and 64 hex digits, of the JSON array of [id, digest] pairs by id.
    public let digest: String

    private let targetsByAppID: [String: TargetName]
    private let targetsByStoreAppID: [String: TargetName]

    private struct TargetName {
        var id: String
        var title: String
    }

    /// Reads directive files.
    ///
    /// - Parameter files: names, which only appear in messages, and YAML or JSON in UTF-8.
    /// - Throws: every problem of every file at once.
    public init(files: [(name: String, bytes: [UInt8])]) throws(RuleProblems) {
        guard !files.isEmpty else {
            throw RuleProblems([.init(file: "(rules)", message: "the rule set has no directive")])
        }
        var problems: [RuleProblems.Problem] = []
        var directives: [Directive] = []
        var filesByID: [String: String] = [:]
        for file in files {
            let outcome = DirectiveReader.read(file: file.name, bytes: file.bytes)
            problems.append(contentsOf: outcome.problems)
            if let id = outcome.id {
                if let other = filesByID[id.value] {
                    problems.append(id.problem("the directive `\(id.value)` is also in \(other)"))
                } else {
                    filesByID[id.value] = file.name
                }
            }
            if let directive = outcome.directive { directives.append(directive) }
        }
        guard problems.isEmpty else { throw RuleProblems(problems) }
        self.init(directives: directives)
    }

    init(directives: [Directive]) {
        let sorted = directives.sorted { $0.id < $1.id }
        self.directives = sorted
        digest = Digest.sha256(
            JSONValue.array(sorted.map { .array([.string($0.id), .string($0.digest)]) }).canonical
        )
        var byAppID: [String: TargetName] = [:]
        var byStoreAppID: [String: TargetName] = [:]
        for target in sorted.flatMap(\.targets) {
            let name = TargetName(id: target.id, title: target.title)
            for id in target.appleBundleIDs + target.googlePackages {
                byAppID[id.lowercased(), default: name] = byAppID[id.lowercased()] ?? name
            }
            for id in target.appleIDs {
                byStoreAppID[id] = byStoreAppID[id] ?? name
            }
        }
        targetsByAppID = byAppID
        targetsByStoreAppID = byStoreAppID
    }

    /// The target that a bundle id or package name belongs to, ASCII case aside.
    ///
    /// If several directives name it, the first one by id gives the answer.
    public func targetID(forAppID appID: String) -> (id: String, title: String)? {
        targetsByAppID[appID.lowercased()].map { ($0.id, $0.title) }
    }

    /// The target that a numeric Apple id belongs to.
    ///
    /// If several directives name it, the first one by id gives the answer.
    public func targetID(forStoreAppID storeAppID: String) -> (id: String, title: String)? {
        targetsByStoreAppID[storeAppID].map { ($0.id, $0.title) }
    }
}
