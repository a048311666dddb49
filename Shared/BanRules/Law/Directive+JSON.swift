internal import Events

extension Directive {
    /// The JSON form under the keys of the YAML form, so that the loader reads it back.
    ///
    /// What the YAML form leaves to be inferred is written out: zones and UTC instants of dates,
    /// the targets behind `all`. Ends of intervals are left out: the next interval's start is the
    /// end. Countries and acts are sorted, as their order means nothing.
    static func canonicalJSON(header: Header, body: Body, tests: [DirectiveTest]) -> [UInt8] {
        let jurisdiction = header.jurisdiction
        return object([
            ("id", .string(header.id)),
            ("title", .string(header.title)),
            ("citation", .string(header.citation)),
            ("link", header.link.map(JSONValue.string)),
            (
                "authority",
                object([
                    ("name", .string(header.authority.name)),
                    ("zone", .string(header.authority.timeZone)),
                ])
            ),
            (
                "jurisdiction",
                object([
                    ("name", .string(jurisdiction.name)),
                    ("countries", texts(jurisdiction.countries.sorted().map(\.description))),
                ])
            ),
            ("entities", body.entities.isEmpty ? nil : .array(body.entities.map(json))),
            ("targets", .array(body.targets.map(json))),
            ("prohibitions", .array(body.prohibitions.map(json))),
            ("lifecycle", json(body.lifecycle)),
            (
                "falseMatches",
                body.falseMatches.isEmpty ? nil : .array(body.falseMatches.map(json))
            ),
            ("tests", tests.isEmpty ? nil : .array(tests.map(json))),
        ]).canonical
    }

    private static func json(_ target: Target) -> JSONValue {
        object([
            ("id", .string(target.id)),
            ("title", .string(target.title)),
            ("names", list(target.names)),
            ("entities", target.entities.isEmpty ? nil : .array(target.entities.map(json))),
            ("appleBundleIds", list(target.appleBundleIDs)),
            ("appleIds", list(target.appleIDs)),
            ("googlePackages", list(target.googlePackages)),
            ("paymentMethods", list(target.paymentMethods)),
        ])
    }

    private static func json(_ reference: EntityReference) -> JSONValue {
        switch reference {
        case .name(let name): .string(name)
        case .entity(let id, let includesSubsidiaries):
            object([
                ("entity", .string(id)),
                ("subsidiaries", includesSubsidiaries ? .string("included") : nil),
            ])
        }
    }

    private static func json(_ entity: LegalEntity) -> JSONValue {
        object([
            ("id", .string(entity.id)),
            ("names", texts(entity.names)),
            ("owners", entity.owners.isEmpty ? nil : .array(entity.owners.map(json))),
        ])
    }

    private static func json(_ ownership: Ownership) -> JSONValue {
        let share =
            switch ownership.stake {
            case .percent(let text): text
            case .majority: "majority"
            }
        return object([
            ("entity", .string(ownership.owner)),
            ("share", .string(share)),
            ("from", ownership.from.map(json)),
            ("to", ownership.to.map(json)),
            ("citation", .string(ownership.citation)),
        ])
    }

    private static func json(_ match: FalseMatch) -> JSONValue {
        object([
            ("targets", texts(match.targets)),
            ("texts", list(match.texts)),
            ("appIds", list(match.appIDs)),
            ("reason", .string(match.reason)),
            ("author", .string(match.author)),
            ("expires", json(match.expires)),
        ])
    }

    private static func json(_ prohibition: Prohibition) -> JSONValue {
        object([
            ("id", .string(prohibition.id)),
            ("title", .string(prohibition.title)),
            ("citation", prohibition.citation.map(JSONValue.string)),
            ("acts", texts(prohibition.acts.map(\.rawValue))),
            ("targets", texts(prohibition.targets)),
            ("lifecycle", prohibition.lifecycle.map(json)),
        ])
    }

    private static func json(_ lifecycle: Lifecycle) -> JSONValue {
        .array(
            lifecycle.intervals.map { interval in
                object([
                    ("state", .string(interval.state.rawValue)),
                    ("from", json(interval.from)),
                    ("citation", .string(interval.citation)),
                    ("link", interval.link.map(JSONValue.string)),
                    ("note", interval.note.map(JSONValue.string)),
                ])
            }
        )
    }

    private static func json(_ instant: LegalInstant) -> JSONValue {
        object([
            ("at", .string(instant.utc.description)),
            ("zone", .string(instant.zone)),
            ("words", .string(instant.words)),
        ])
    }

    private static func json(_ test: DirectiveTest) -> JSONValue {
        let members = test.event.map { ($0.name, Optional(JSONValue.string($0.value))) }
        let each = test.each.map { ($0.name, Optional(texts($0.values))) }
        return object([
            ("name", .string(test.name)),
            ("each", each.isEmpty ? nil : object(each)),
            ("event", object(members)),
            ("expect", .array(test.expected.map(json))),
        ])
    }

    private static func json(_ expectation: DirectiveTest.Expectation) -> JSONValue {
        object([
            ("prohibition", .string(expectation.prohibition)),
            ("target", .string(expectation.target)),
            ("disposition", .string(expectation.disposition.rawValue)),
            ("reason", expectation.reason.map { .string($0.rawValue) }),
            ("state", expectation.state.map { .string($0.rawValue) }),
            ("since", expectation.since.map { .string($0.description) }),
            ("method", expectation.method.map { .string($0.rawValue) }),
        ])
    }

    private static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { name, value in value.map { .init(name: name, value: $0) } })
    }

    private static func texts(_ texts: [String]) -> JSONValue {
        .array(texts.map(JSONValue.string))
    }

    /// An empty list is left out.
    private static func list(_ texts: [String]) -> JSONValue? {
        texts.isEmpty ? nil : self.texts(texts)
    }
}
