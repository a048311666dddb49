internal import Yams

/// Reads one directive from its YAML tree and collects every problem on the way.
///
/// Each step goes on after a problem as if the part were absent; a directive comes out only if
/// there was none. Scalars are read as text whatever YAML would make of them, so that the country
/// `NO`, a date and a number used as an id stay what they look like.
struct DirectiveReader {
    let file: String
    var problems: [RuleProblems.Problem] = []

    /// What became of one file.
    struct Outcome {
        var directive: Directive?
        /// The id and its place even if the rest is broken, to find ids that stand in two files.
        var id: PlacedID?
        var problems: [RuleProblems.Problem]
    }

    /// The id of a directive and where it stands.
    struct PlacedID {
        var value: String
        var place: RuleProblems.Problem

        func problem(_ message: String) -> RuleProblems.Problem {
            .init(file: place.file, line: place.line, column: place.column, message: message)
        }
    }

    /// Reads a file.
    static func read(file: String, bytes: [UInt8]) -> Outcome {
        switch YAMLSource.root(file: file, bytes: bytes) {
        case .failure(let error):
            return Outcome(directive: nil, id: nil, problems: error.problems)
        case .success(let root): return read(file: file, root: root)
        }
    }

    /// Reads the tree of a file.
    static func read(file: String, root: Node) -> Outcome {
        var reader = DirectiveReader(file: file)
        let (id, directive) = reader.directive(root)
        let placed = id.map {
            PlacedID(value: $0.value, place: reader.problem("", at: $0.node))
        }
        return Outcome(
            directive: reader.problems.isEmpty ? directive : nil,
            id: placed,
            problems: reader.problems
        )
    }

    private mutating func directive(_ root: Node) -> (Located<String>?, Directive?) {
        guard
            let fields = fields(
                root,
                of: "the directive",
                required: [
                    "id", "title", "citation", "authority", "jurisdiction", "targets",
                    "prohibitions", "lifecycle",
                ],
                optional: ["link", "entities", "falseMatches", "tests"]
            )
        else { return (nil, nil) }
        let id = slug(fields, "id")
        if let id, id.value == "set" {
            report("the id `set` is reserved for the manifest of a published set", at: id.node)
        }
        let header = header(fields, id: id)
        let zone = header?.authority.timeZone
        let entities = entities(fields, zone: zone)
        let targets = targets(fields, entities: entities)
        let lifecycle = lifecycle(fields, "lifecycle", zone: zone)
        let scope = ProhibitionScope(
            targets: targets.map(\.id),
            lifecycle: lifecycle,
            timeZone: zone
        )
        let prohibitions = prohibitions(fields, in: scope)
        let falseMatches = falseMatches(fields, targets: scope.targets, zone: zone)
        let tests = tests(
            fields,
            prohibitions: Set(prohibitions.map(\.id)),
            targets: Set(targets.map(\.id))
        )
        guard let header, let lifecycle, problems.isEmpty else { return (id, nil) }
        let body = Directive.Body(
            entities: entities,
            targets: targets,
            prohibitions: prohibitions,
            lifecycle: lifecycle,
            falseMatches: falseMatches
        )
        return (id, Directive(header: header, body: body, tests: tests, file: file))
    }

    private mutating func header(_ fields: Fields, id: Located<String>?) -> Directive.Header? {
        let title = text(fields, "title")
        let citation = text(fields, "citation")
        let link = link(fields, "link")
        let authority = authority(fields)
        let jurisdiction = jurisdiction(fields)
        guard let id, let title, let citation, let authority, let jurisdiction else { return nil }
        return Directive.Header(
            id: id.value,
            title: title.value,
            citation: citation.value,
            link: link,
            authority: authority,
            jurisdiction: jurisdiction
        )
    }
}
