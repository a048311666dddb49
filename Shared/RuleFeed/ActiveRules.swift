public import BanRules
public import Events

/// The rules that hold now, and where they came from.
public struct ActiveRules: Sendable {
    /// Where a rule set came from.
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// The program itself.
        case shipped
        /// A directory or a scenario, by the setting that named it.
        case files(String)
        /// The topic: the manifest's offset and what it says of itself.
        case published(offset: Int64, at: Timestamp?, author: String?)

        /// In a few words.
        public var description: String {
            switch self {
            case .shipped: "shipped"
            case .files(let setting): setting
            case .published(let offset, let time, let author):
                "published at offset \(offset)" + (time.map { " on \($0)" } ?? "")
                    + (author.map { " by \($0)" } ?? "")
            }
        }
    }

    /// The rules, compiled.
    public let index: RuleIndex
    /// The rules.
    public var ruleSet: RuleSet { index.ruleSet }
    /// Where they came from.
    public let source: Source
    /// Grows with every switch, from 0.
    public let generation: Int

    /// The rules as they stand in files.
    public init(_ ruleSet: RuleSet, from source: Source) {
        self.init(RuleIndex(ruleSet), from: source, generation: 0)
    }

    /// The rules that a setting asks for: shipped, a scenario, or a directory.
    public init(askedBy setting: String?) throws(RuleProblems) {
        let ruleSet = try RuleSet(try RuleFiles.asked(by: setting))
        let name = setting ?? ""
        self.init(ruleSet, from: name.isEmpty ? .shipped : .files(name))
    }

    /// The rules as the topic has them, for a reader that does not follow it on.
    public init(_ release: PublishedRules.Release) {
        self.init(RuleIndex(release.ruleSet), from: Source(release), generation: 0)
    }

    init(_ index: RuleIndex, from source: Source, generation: Int) {
        self.index = index
        self.source = source
        self.generation = generation
    }

    /// What a release of the topic makes of these.
    func replaced(by release: PublishedRules.Release) -> ActiveRules {
        ActiveRules(
            RuleIndex(release.ruleSet),
            from: Source(release),
            generation: generation + 1
        )
    }
}

extension ActiveRules.Source {
    init(_ release: PublishedRules.Release) {
        self = .published(
            offset: release.offset,
            at: release.manifest.publishedAt,
            author: release.manifest.author
        )
    }
}
