internal import Yams

/// One small change to a directive that its tests ought to notice.
struct Mutation {
    /// What was changed, in words that follow “survived”.
    let change: String
    /// Where in the file, both from 1.
    let line: Int
    let column: Int
    /// The changed tree.
    let root: Node
}

/// A change to a directive that no test of it noticed.
public struct SurvivingMutant: Sendable, Hashable, CustomStringConvertible {
    /// The directive's file.
    public let file: String
    /// The line of the change, from 1.
    public let line: Int
    /// The column of the change, from 1.
    public let column: Int
    /// What was changed.
    public let change: String

    /// `file:line:column: change: no test fails`.
    public var description: String { "\(file):\(line):\(column): \(change): no test fails" }
}

/// What came of mutating the directives of a set.
public struct MutationOutcome: Sendable {
    /// How many changes were tried that an event could show.
    public internal(set) var tried = 0
    /// Those that no test noticed, by file, then as they stand in it.
    public internal(set) var survivors: [SurvivingMutant] = []
}

extension RuleFiles {
    /// Changes every directive in every way that ``MutationPlan`` knows, one at a time, and runs
    /// its tests on each.
    ///
    /// A change that no event could show is passed over: an interval of the directive that every
    /// prohibition replaces, for one.
    ///
    /// - Throws: what is wrong with the files as they are.
    public func mutate() throws(RuleProblems) -> MutationOutcome {
        _ = try RuleSet(self)
        var outcome = MutationOutcome()
        for file in files {
            guard let root = try? YAMLSource.root(file: file.name, bytes: file.bytes).get(),
                let original = DirectiveReader.read(file: file.name, root: root).directive
            else { continue }
            for mutation in MutationPlan(original, root).mutations {
                guard
                    let mutant = DirectiveReader.read(file: file.name, root: mutation.root)
                        .directive, !mutant.rules(as: original)
                else { continue }
                outcome.tried += 1
                guard RuleSet(directives: [mutant]).failures(stoppingEarly: true).isEmpty else {
                    continue
                }
                outcome.survivors.append(
                    SurvivingMutant(
                        file: file.name,
                        line: mutation.line,
                        column: mutation.column,
                        change: mutation.change
                    )
                )
            }
        }
        return outcome
    }
}

extension Directive {
    /// Whether the directive judges every event as another one does.
    func rules(as other: Directive) -> Bool {
        jurisdiction.countries == other.jurisdiction.countries
            && targets.map(\.keys) == other.targets.map(\.keys)
            && falseMatches == other.falseMatches
            && targets.allSatisfy { target in
                zip(companies(of: target), other.companies(of: target))
                    .allSatisfy { $0.name == $1.name && $0.holding == $1.holding }
                    && companies(of: target).count == other.companies(of: target).count
            }
            && prohibitions.count == other.prohibitions.count
            && zip(prohibitions, other.prohibitions).allSatisfy { mine, theirs in
                mine.acts == theirs.acts && mine.targets == theirs.targets
                    && mine.effectiveLifecycle.rules(as: theirs.effectiveLifecycle)
            }
    }
}

extension Target {
    /// What the target is looked up by; the same id in two lists is one key.
    fileprivate var keys: Set<KeyTable.Key> {
        Set(
            identifiers.flatMap { kind, texts in
                texts.filter { !MutationPlan.isStandIn($0) }
                    .map { .init(kind: kind, bytes: kind.fold($0)) }
            }
        )
    }
}

extension Lifecycle {
    /// Whether the states are the same at every instant, up to the end of the flags.
    fileprivate func rules(as other: Lifecycle) -> Bool {
        intervals.count == other.intervals.count
            && zip(intervals, other.intervals).allSatisfy { mine, theirs in
                mine.state == theirs.state && mine.from.utc == theirs.from.utc
            }
    }
}
