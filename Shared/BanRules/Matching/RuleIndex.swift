/// A rule set compiled for screening: one hash table from every identifier to its targets.
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

    /// Compiles a rule set; takes time in proportion to its identifiers.
    public init(_ ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        var targets: [TargetPlace] = []
        var directives: [IndexedDirective] = []
        var places: [KeyTable.Key: Int] = [:]
        var keys: [(key: KeyTable.Key, values: [Int32])] = []
        for (number, directive) in ruleSet.directives.enumerated() {
            directives.append(IndexedDirective(directive))
            for (position, target) in directive.targets.enumerated() {
                for key in target.keys {
                    let place = places[key] ?? keys.count
                    if place == keys.count {
                        places[key] = place
                        keys.append((key, []))
                    }
                    keys[place].values.append(Int32(targets.count))
                }
                targets.append(TargetPlace(directive: number, position: position))
            }
        }
        self.targets = targets
        self.directives = directives
        table = KeyTable(keys)
    }
}

/// Where a target stands in a rule set.
struct TargetPlace: Sendable {
    /// Index of the directive in the rule set.
    var directive: Int
    /// Index of the target in the directive.
    var position: Int
}

/// A directive with its prohibitions ready to be asked which acts and targets they cover.
struct IndexedDirective: Sendable {
    let directive: Directive
    let reference: DirectiveReference
    private let coverage: [Coverage]

    private struct Coverage {
        var acts: Set<Act>
        var targets: Set<Int>
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

extension Target {
    /// Everything the target is found by, each key once.
    var keys: Set<KeyTable.Key> {
        var keys: Set<KeyTable.Key> = []
        func add(_ kind: KeyKind, _ texts: [String]) {
            for text in texts {
                keys.insert(KeyTable.Key(kind: kind, bytes: kind.fold(text)))
            }
        }
        add(.appID, appleBundleIDs)
        add(.appID, googlePackages)
        add(.appleID, appleIDs)
        add(.paymentMethod, paymentMethods)
        add(.entity, entities)
        add(.name, names)
        return keys
    }
}
