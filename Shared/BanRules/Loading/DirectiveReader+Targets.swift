internal import Yams

extension DirectiveReader {
    mutating func targets(_ fields: Fields, entities: [LegalEntity]) -> [Target] {
        let nodes = list(fields, "targets")
        if nodes.isEmpty, let node = fields.values["targets"], node.sequence != nil {
            report("the directive has no target", at: node)
        }
        var scope = TargetScope(entities: Set(entities.map(\.id)))
        return nodes.compactMap { target($0, in: &scope) }
    }

    /// What the targets of a directive share.
    struct TargetScope {
        var entities: Set<String>
        var ids: Set<String> = []
        var claims = IdentifierClaims()
    }

    private mutating func target(_ node: Node, in scope: inout TargetScope) -> Target? {
        let lists = IdentifierList.allCases.map(\.rawValue) + ["entities"]
        guard
            let fields = fields(
                node,
                of: "a target",
                required: ["id", "title"],
                optional: lists
            )
        else { return nil }
        let id = slug(fields, "id")
        let title = text(fields, "title")
        if let id, !scope.ids.insert(id.value).inserted {
            report("the target `\(id.value)` stands twice in the directive", at: id.node)
        }
        let name = id?.value ?? title?.value ?? "without id"
        var identifiers = Target.Identifiers()
        for list in IdentifierList.allCases {
            let values = self.identifiers(fields, list, of: name, claims: &scope.claims)
            identifiers[keyPath: list.keyPath] = values
        }
        identifiers.entities = references(fields, to: scope.entities)
        if lists.allSatisfy({ fields.values[$0]?.sequence?.isEmpty ?? true }) {
            report("the target `\(name)` has nothing that it could be recognised by", at: node)
        }
        guard let id, let title else { return nil }
        return Target(id: id.value, title: title.value, identifiers: identifiers)
    }

    private mutating func identifiers(
        _ fields: Fields,
        _ list: IdentifierList,
        of target: String,
        claims: inout IdentifierClaims
    ) -> [String] {
        var values: [String] = []
        for text in texts(fields, list.rawValue) {
            if let fault = list.fault(in: text.value) {
                report("`\(text.value)` in `\(list.rawValue)` \(fault)", at: text.node)
            } else if let fault = claims.claim(text.value, in: list, by: target) {
                report(fault, at: text.node)
            } else {
                values.append(text.value)
            }
        }
        return values
    }

    /// The companies of a target: precise names, or ids of the directive's entities.
    private mutating func references(_ fields: Fields, to known: Set<String>) -> [EntityReference] {
        var references: [EntityReference] = []
        var keys: Set<[UInt8]> = []
        for node in list(fields, "entities") {
            let reference: EntityReference
            let key: [UInt8]
            if node.mapping != nil {
                guard let (id, found) = entityReference(node, known) else { continue }
                (reference, key) = (found, Array("#\(id)".utf8))
            } else {
                guard let name = companyName(node, "entities") else { continue }
                (reference, key) = (.name(name.value), NameFolding.fold(name.value))
            }
            guard keys.insert(key).inserted else {
                report(
                    "the company stands twice in `entities`"
                        + " (case, width, accents and punctuation do not count)",
                    at: node
                )
                continue
            }
            references.append(reference)
        }
        return references
    }

    private mutating func entityReference(_ node: Node, _ known: Set<String>)
        -> (String, EntityReference)?
    {
        guard
            let fields = fields(
                node,
                of: "an entry of `entities`",
                required: ["entity"],
                optional: ["subsidiaries"]
            ),
            let id = text(fields, "entity")
        else { return nil }
        guard known.contains(id.value) else {
            report("unknown entity `\(id.value)`", at: id.node)
            return nil
        }
        let includes = word(fields, "subsidiaries", Inclusion.self) == .included
        return (id.value, .entity(id: id.value, includesSubsidiaries: includes))
    }
}

/// Whether a rule on a company holds for its subsidiaries too.
enum Inclusion: String, CaseIterable {
    case included
    case excluded
}

/// The lists of identifiers that a target may have, by their keys.
enum IdentifierList: String, CaseIterable {
    case names
    case appleBundleIDs = "appleBundleIds"
    case appleIDs = "appleIds"
    case googlePackages, paymentMethods

    var keyPath: WritableKeyPath<Target.Identifiers, [String]> {
        switch self {
        case .names: \.names
        case .appleBundleIDs: \.appleBundleIDs
        case .appleIDs: \.appleIDs
        case .googlePackages: \.googlePackages
        case .paymentMethods: \.paymentMethods
        }
    }

    /// The list of the index in which the identifiers are looked up.
    var kind: KeyKind {
        switch self {
        case .names: .name
        case .appleBundleIDs, .googlePackages: .appID
        case .appleIDs: .appleID
        case .paymentMethods: .paymentMethod
        }
    }

    /// What keeps a text from ever matching, if anything does.
    func fault(in text: String) -> String? {
        switch self {
        case .names:
            NameFolding.fold(text).isEmpty ? "has no letter or digit to compare" : nil
        case .appleBundleIDs, .googlePackages, .paymentMethods:
            text.utf8.count <= 255 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                ? nil : "must be 1 to 255 printable ASCII characters without a space"
        case .appleIDs:
            text.utf8.count <= 20 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
                ? nil : "must be 1 to 20 digits"
        }
    }
}

/// Who has claimed which identifier of a directive: each belongs to one target.
struct IdentifierClaims {
    private struct Key: Hashable {
        var kind: KeyKind
        var bytes: [UInt8]
    }

    private var owners: [Key: (target: String, lists: Set<IdentifierList>)] = [:]

    /// Claims an identifier; the answer says what stands against it.
    mutating func claim(_ text: String, in list: IdentifierList, by target: String) -> String? {
        let key = Key(kind: list.kind, bytes: list.kind.fold(text))
        guard var owner = owners[key] else {
            owners[key] = (target, [list])
            return nil
        }
        guard owner.target == target else {
            return "`\(text)` is claimed by two targets, `\(owner.target)` and `\(target)`"
        }
        guard owner.lists.insert(list).inserted else {
            return "`\(text)` stands twice in `\(list.rawValue)` of `\(target)`"
                + " (case, width, accents and punctuation do not count)"
        }
        owners[key] = owner
        return nil
    }
}
