internal import Events

/// A rule set compiled for screening: one hash table from every identifier to its targets, one for
/// the names that a text may resemble.
///
/// Immutable and shared by all threads. A look-up costs the same for eight targets and for a
/// hundred thousand.
public struct RuleIndex: Sendable {
    /// The rules that were compiled.
    public let ruleSet: RuleSet

    let table: KeyTable
    /// Every target of every directive, by directive, then in the order of the file.
    let targets: [TargetPlace]
    let directives: [IndexedDirective]
    /// What a key stands for; values of `table` are numbers of uses.
    let uses: [KeyUse]
    /// Names for approximate matching, with their uses.
    let aliases: [Alias]
    let aliasUses: [[Int32]]
    let slips: SlipTable
    /// The longest phrase, in bytes.
    let phraseByteLimit: Int
    /// The lengths that skeletons of aliases have, as bits.
    let skeletonLengths: UInt128

    /// Compiles a rule set; takes time in proportion to its identifiers.
    public init(_ ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        var draft = RuleIndexDraft()
        for directive in ruleSet.directives { draft.add(directive) }
        targets = draft.targets
        directives = draft.directives
        uses = draft.uses
        aliases = draft.aliases.map(\.alias)
        aliasUses = draft.aliases.map(\.uses)
        draft.addPhrases()
        table = KeyTable(draft.keys)
        slips = SlipTable(aliases)
        phraseByteLimit = draft.phraseByteLimit
        skeletonLengths = aliases.reduce(0) { $0 | 1 << UInt128($1.skeleton.count) }
    }
}

/// Where a target stands in a rule set.
struct TargetPlace: Sendable {
    /// Index of the directive in the rule set.
    var directive: Int
    /// Index of the target in the directive.
    var position: Int
}

/// Whom an identifier points to, and through whom.
struct KeyUse: Sendable, Hashable {
    /// Number of the target in the index.
    var target: Int32
    /// For a company that is held by the one that the target names.
    var holding: Holding?

    /// Whether the company that was met belonged to the one that the target names at the time.
    func holds(at time: Timestamp) -> Bool {
        guard let holding else { return true }
        return holding.from <= time.microseconds && time.microseconds < holding.to
    }
}

/// A directive with its prohibitions ready to be asked which acts and targets they cover.
///
/// A class, because every flag looks at it: a struct would be copied with all that it refers to.
final class IndexedDirective: Sendable {
    let directive: Directive
    let reference: DirectiveReference
    let falseMatches: FalseMatchIndex
    /// The authority's clock, for explanations.
    let clock: LegalClock
    private let coverage: [Coverage]
    /// From when on, and until when, any of its prohibitions means anything.
    private let effect: (from: Timestamp, to: Timestamp)

    private struct Coverage {
        let acts: Set<Act>
        let targets: Set<Int>
    }

    init(_ directive: Directive) {
        self.directive = directive
        reference = directive.reference
        let positions = Dictionary(
            directive.targets.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        coverage = directive.prohibitions.map { prohibition in
            Coverage(
                acts: Set(prohibition.acts),
                targets: Set(prohibition.targets.compactMap { positions[$0] })
            )
        }
        falseMatches = FalseMatchIndex(directive.falseMatches, positions: positions)
        clock = LegalClock(zone: directive.authority.timeZone) ?? .utc
        let effective = directive.prohibitions.flatMap(\.effectiveLifecycle.intervals)
            .filter { $0.state.disposition != nil }
        effect = (
            effective.map(\.from.utc).min() ?? Timestamp(microseconds: .max),
            effective.map { $0.to?.utc ?? Timestamp(microseconds: .max) }.max()
                ?? Timestamp(microseconds: .min)
        )
    }

    /// False if the directive surely means nothing between two instants, both included.
    func mayApply(from start: Timestamp, to end: Timestamp) -> Bool {
        start < effect.to && effect.from <= end
    }

    /// Whether the prohibition at an index covers an act.
    func covers(_ act: Act, prohibition: Int) -> Bool {
        coverage[prohibition].acts.contains(act)
    }

    /// Whether the prohibition at an index covers the target at a position.
    func covers(target: Int, prohibition: Int) -> Bool {
        coverage[prohibition].targets.contains(target)
    }
}
