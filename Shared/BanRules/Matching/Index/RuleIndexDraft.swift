/// Collects the identifiers of all directives before the tables are built.
struct RuleIndexDraft {
    private(set) var targets: [TargetPlace] = []
    private(set) var directives: [IndexedDirective] = []
    private(set) var uses: [KeyUse] = []
    private(set) var keys: [(key: KeyTable.Key, values: [Int32])] = []
    private(set) var aliases: [(alias: Alias, uses: [Int32])] = []
    private(set) var phraseByteLimit = 0

    private var keyPlaces: [KeyTable.Key: Int] = [:]
    private var usePlaces: [KeyUse: Int32] = [:]
    private var aliasPlaces: [AliasKey: Int] = [:]

    private struct AliasKey: Hashable {
        var folded: [UInt8]
        var isEntity: Bool
    }

    /// Adds everything that a directive's targets are found by.
    mutating func add(_ directive: Directive) {
        let place = directives.count
        directives.append(IndexedDirective(directive))
        for (position, target) in directive.targets.enumerated() {
            let use = number(of: KeyUse(target: Int32(targets.count), holding: nil))
            targets.append(TargetPlace(directive: place, position: position))
            for (kind, texts) in target.identifiers { add(kind, texts, use) }
            for company in directive.companies(of: target) {
                add(.entity, [company.name], number(of: company.holding, use))
            }
        }
    }

    /// Adds the names that may be looked for within a text, once the aliases are complete.
    mutating func addPhrases() {
        for (number, (alias, _)) in aliases.enumerated() {
            phraseByteLimit = max(phraseByteLimit, alias.words.count)
            insert(KeyTable.Key(kind: .phrase, bytes: alias.words), Int32(number))
        }
    }

    private mutating func number(of holding: Holding?, _ use: Int32) -> Int32 {
        guard let holding else { return use }
        return number(of: KeyUse(target: uses[Int(use)].target, holding: holding))
    }

    private mutating func number(of use: KeyUse) -> Int32 {
        if let known = usePlaces[use] { return known }
        let number = Int32(uses.count)
        usePlaces[use] = number
        uses.append(use)
        return number
    }

    private mutating func add(_ kind: KeyKind, _ texts: [String], _ use: Int32) {
        for text in texts {
            let folded = kind.fold(text)
            insert(KeyTable.Key(kind: kind, bytes: folded), use)
            guard kind == .name || kind == .entity else { continue }
            addAlias(AliasKey(folded: folded, isEntity: kind == .entity), use)
        }
    }

    private mutating func addAlias(_ key: AliasKey, _ use: Int32) {
        if let place = aliasPlaces[key] {
            if !aliases[place].uses.contains(use) { aliases[place].uses.append(use) }
            return
        }
        let alias = Alias(folded: key.folded, isEntity: key.isEntity)
        guard alias.isDistinctive else { return }
        aliasPlaces[key] = aliases.count
        aliases.append((alias, [use]))
    }

    private mutating func insert(_ key: KeyTable.Key, _ value: Int32) {
        let place = keyPlaces[key] ?? keys.count
        if place == keys.count {
            keyPlaces[key] = place
            keys.append((key, []))
        }
        if !keys[place].values.contains(value) { keys[place].values.append(value) }
    }
}

extension Target {
    /// Everything the target is looked up by itself, apart from companies.
    var identifiers: [(kind: KeyKind, texts: [String])] {
        [
            (.appID, appleBundleIDs + googlePackages), (.appleID, appleIDs),
            (.paymentMethod, paymentMethods), (.name, names),
        ]
    }
}
