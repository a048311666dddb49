internal import Events

/// A company as a target names it.
public enum EntityReference: Sendable, Hashable {
    /// By its precise name alone.
    case name(String)
    /// One of the directive's entities, by id, perhaps with the companies it holds the majority of,
    /// directly or through others.
    case entity(id: String, includesSubsidiaries: Bool)
}

/// How a company comes to stand for a target that does not name it itself.
struct Holding: Sendable, Hashable {
    /// What the holder is called.
    var holder: String
    /// The stretch of time in which every link of the chain held, half-open, in microseconds since
    /// 1970.
    var from: Int64
    var to: Int64
}

extension Directive {
    /// The companies whose dealings count as dealings with a target, each with the chain behind it.
    func companies(of target: Target) -> [(name: String, holding: Holding?)] {
        var companies: [(name: String, holding: Holding?)] = []
        for reference in target.entities {
            switch reference {
            case .name(let name): companies.append((name, nil))
            case .entity(let id, let includesSubsidiaries):
                guard let entity = entities.first(where: { $0.id == id }) else { continue }
                companies += entity.names.map { ($0, nil) }
                guard includesSubsidiaries else { continue }
                for (held, holding) in subsidiaries(of: entity) {
                    companies += held.names.map { ($0, holding) }
                }
            }
        }
        return companies
    }

    /// Every company held by an entity, directly or through others, with the time of the chain.
    private func subsidiaries(of entity: LegalEntity) -> [(LegalEntity, Holding)] {
        let holder = entity.names.first ?? entity.id
        var found: [(LegalEntity, Holding)] = []
        var visited: Set<String> = [entity.id]
        var open = [(id: entity.id, span: Holding(holder: holder, from: .min, to: .max))]
        while let (id, span) = open.popLast() {
            for held in entities where !visited.contains(held.id) {
                let links = held.owners.filter { $0.owner == id && $0.makesSubsidiary }
                for link in links {
                    let narrowed = Holding(
                        holder: holder,
                        from: max(span.from, link.from?.utc.microseconds ?? .min),
                        to: min(span.to, link.to?.utc.microseconds ?? .max)
                    )
                    guard narrowed.from < narrowed.to else { continue }
                    visited.insert(held.id)
                    found.append((held, narrowed))
                    open.append((held.id, narrowed))
                }
            }
        }
        return found
    }
}
