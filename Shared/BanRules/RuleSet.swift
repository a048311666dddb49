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

    /// The directives that ship with the program.
    ///
    /// - Throws: only if the program was built with a broken directive, which its tests prevent.
    public static func shipped() throws(RuleProblems) -> RuleSet {
        try RuleSet(.shipped)
    }

    /// Reads directive files.
    ///
    /// - Throws: every problem of every file at once.
    public init(_ sources: RuleFiles) throws(RuleProblems) {
        let files = sources.files
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
        // Broad targets first; the sort is stable, so that directives count by id among equals.
        let targets = sorted.flatMap(\.targets)
        let broadFirst = targets.enumerated().sorted { left, right in
            (right.element.appIDCount, left.offset) < (left.element.appIDCount, right.offset)
        }
        for target in broadFirst.map(\.element) {
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
    /// If several targets have it, the one with the most ids of apps gives the answer, then the
    /// first one by its directive's id: one directive names an edition apart, another the app.
    public func targetID(forAppID appID: String) -> (id: String, title: String)? {
        targetsByAppID[appID.lowercased()].map { ($0.id, $0.title) }
    }

    /// The target that a numeric Apple id belongs to.
    ///
    /// If several targets have it, the one with the most ids of apps gives the answer, then the
    /// first one by its directive's id: one directive names an edition apart, another the app.
    public func targetID(forStoreAppID storeAppID: String) -> (id: String, title: String)? {
        targetsByStoreAppID[storeAppID].map { ($0.id, $0.title) }
    }
}

extension Target {
    fileprivate var appIDCount: Int {
        Set(appleBundleIDs + googlePackages).count + appleIDs.count
    }
}
