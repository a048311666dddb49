internal import Events
internal import Yams

/// The changes that are tried on a directive: each instant a second earlier and later, each state
/// another, each identifier, country, stake and false match gone, each act flipped, each target of
/// a prohibition left out.
struct MutationPlan {
    private let directive: Directive
    private let root: Node
    private(set) var mutations: [Mutation] = []

    init(_ directive: Directive, _ root: Node) {
        self.directive = directive
        self.root = root.withoutIntervalEnds()
        planTargets()
        planEntities()
        planCountries()
        planProhibitions()
        planLifecycle(directive.lifecycle, at: [.key("lifecycle")])
        planFalseMatches()
    }

    private mutating func add(_ change: String, at path: [NodeStep], _ replacement: Node?) {
        guard let changed = root.replacing(path[...], by: replacement) else { return }
        let mark = root.node(at: path[...])?.mark
        mutations.append(
            Mutation(
                change: change,
                line: mark?.line ?? 1,
                column: mark?.column ?? 1,
                root: changed
            )
        )
    }

    // MARK: - Identifiers

    private mutating func planTargets() {
        for (index, target) in directive.targets.enumerated() {
            let path: [NodeStep] = [.key("targets"), .index(index)]
            for (key, stand) in Self.standIns {
                let list = path + [.key(key)]
                let count = root.node(at: list[...])?.sequence?.count ?? 0
                for position in 0..<count {
                    let place = list + [.index(position)]
                    guard let text = root.node(at: place[...])?.scalar?.string else { continue }
                    add("`\(text)` of `\(target.id)` dropped", at: place, .text(stand))
                }
            }
            planReferences(of: target, at: path + [.key("entities")])
        }
    }

    private mutating func planReferences(of target: Target, at list: [NodeStep]) {
        for (position, reference) in target.entities.enumerated() {
            let place = list + [.index(position)]
            switch reference {
            case .name(let name):
                add("`\(name)` of `\(target.id)` dropped", at: place, .text(Self.standInName))
            case .entity(let id, true):
                let alone = Node([(.text("entity"), .text(id))])
                add("the subsidiaries of `\(id)` dropped from `\(target.id)`", at: place, alone)
            case .entity: break
            }
        }
    }

    /// Nothing in an event is ever called so; a list that became empty would be refused.
    private static let standInName = "zzqx mutant"
    private static let standIns = [
        ("names", standInName), ("appleBundleIds", "zzqx.mutant"),
        ("googlePackages", "zzqx.mutant"), ("appleIds", "99999999999999999999"),
        ("paymentMethods", "zzqx_mutant"),
    ]

    /// Whether a text stands for an identifier that was dropped.
    static func isStandIn(_ text: String) -> Bool { standIns.contains { $0.1 == text } }

    private mutating func planEntities() {
        for (index, entity) in directive.entities.enumerated() {
            let path: [NodeStep] = [.key("entities"), .index(index)]
            for (position, name) in entity.names.enumerated() {
                add(
                    "`\(name)` of `\(entity.id)` dropped",
                    at: path + [.key("names"), .index(position)],
                    .text(Self.standInName)
                )
            }
            for (position, owner) in entity.owners.enumerated() {
                let place = path + [.key("owners"), .index(position)]
                add("the stake of `\(owner.owner)` in `\(entity.id)` dropped", at: place, nil)
                for (key, instant) in [("from", owner.from), ("to", owner.to)] {
                    guard let instant else { continue }
                    planShifts(of: instant, called: "the stake", at: place + [.key(key)])
                }
            }
        }
    }

    private mutating func planFalseMatches() {
        for (index, match) in directive.falseMatches.enumerated() {
            let path: [NodeStep] = [.key("falseMatches"), .index(index)]
            add("the false match dropped", at: path, nil)
            planShifts(of: match.expires, called: "the expiry", at: path + [.key("expires")])
        }
    }

    // MARK: - Scope

    private mutating func planCountries() {
        let list: [NodeStep] = [.key("jurisdiction"), .key("countries")]
        let codes = root.node(at: list[...])?.sequence?.compactMap(\.scalar?.string) ?? []
        for (position, code) in codes.enumerated() {
            add(
                "the country `\(code)` dropped",
                at: list + [.index(position)],
                codes.count > 1 ? nil : .text("AQ")
            )
        }
    }

    private mutating func planProhibitions() {
        for (index, prohibition) in directive.prohibitions.enumerated() {
            let path: [NodeStep] = [.key("prohibitions"), .index(index)]
            planActs(of: prohibition, at: path + [.key("acts")])
            for target in prohibition.targets {
                let rest = prohibition.targets.filter { $0 != target }
                guard !rest.isEmpty else { continue }
                add(
                    "the target `\(target)` dropped from `\(prohibition.id)`",
                    at: path + [.key("targets")],
                    .texts(rest)
                )
            }
            guard let own = prohibition.lifecycle else { continue }
            planLifecycle(own, at: path + [.key("lifecycle")])
        }
    }

    private mutating func planActs(of prohibition: Prohibition, at list: [NodeStep]) {
        for act in Act.allCases {
            let isCovered = prohibition.acts.contains(act)
            let flipped = Act.allCases.filter {
                prohibition.acts.contains($0) != ($0 == act)
            }
            guard !flipped.isEmpty else { continue }
            add(
                "the act `\(act.rawValue)` \(isCovered ? "dropped from" : "added to")"
                    + " `\(prohibition.id)`",
                at: list,
                .texts(flipped.map(\.rawValue))
            )
        }
    }

    // MARK: - Time

    private mutating func planLifecycle(_ lifecycle: Lifecycle, at list: [NodeStep]) {
        for (index, interval) in lifecycle.intervals.enumerated() {
            let path = list + [.index(index)]
            planShifts(
                of: interval.from,
                called: "`\(interval.state.rawValue)`",
                at: path + [.key("from")]
            )
            let other: LegalState = interval.state == .suspended ? .enjoined : .suspended
            add(
                "the state `\(interval.state.rawValue)` made `\(other.rawValue)`",
                at: path + [.key("state")],
                .text(other.rawValue)
            )
        }
    }

    private mutating func planShifts(
        of instant: LegalInstant,
        called name: String,
        at path: [NodeStep]
    ) {
        for (seconds, word) in [(-1, "earlier"), (1, "later")] {
            let shifted = Timestamp(
                microseconds: instant.utc.microseconds + Int64(seconds) * 1_000_000
            )
            let node = Node([(.text("at"), .text(shifted.description))])
            add("\(name) from \(instant.words) made a second \(word)", at: path, node)
        }
    }
}
