/// A legal instrument that bans something, as one directive file describes it.
public struct Directive: Sendable {
    /// A slug, unique in the rule set.
    public let id: String
    /// The instrument's title.
    public let title: String
    /// Where the instrument was published.
    public let citation: String
    /// Where it can be read.
    public let link: String?
    /// Who issued it.
    public let authority: Authority
    /// Where it applies.
    public let jurisdiction: Jurisdiction
    /// The companies behind the targets, with their owners, in the order of the file.
    public let entities: [LegalEntity]
    /// What it names, in the order of the file.
    public let targets: [Target]
    /// What it forbids, in the order of the file.
    public let prohibitions: [Prohibition]
    /// Where the instrument stood over time.
    public let lifecycle: Lifecycle
    /// Matches by name that are known to be false, in the order of the file.
    public let falseMatches: [FalseMatch]
    /// Events with the verdicts that this directive is expected to give.
    public let tests: [DirectiveTest]
    /// The file it was read from, for messages; not part of the digest.
    public let file: String
    /// The directive as compact JSON with sorted members; the loader reads it back unchanged.
    public let canonicalJSON: [UInt8]
    /// SHA-256 of ``canonicalJSON``, as `sha256:` and 64 hex digits.
    public let digest: String

    init(header: Header, body: Body, tests: [DirectiveTest], file: String) {
        id = header.id
        title = header.title
        citation = header.citation
        link = header.link
        authority = header.authority
        jurisdiction = header.jurisdiction
        entities = body.entities
        targets = body.targets
        falseMatches = body.falseMatches
        prohibitions = body.prohibitions
        lifecycle = body.lifecycle
        self.tests = tests
        self.file = file
        canonicalJSON = Self.canonicalJSON(header: header, body: body, tests: tests)
        digest = Digest.sha256(canonicalJSON)
    }

    /// What a flag repeats of the directive.
    public var reference: DirectiveReference {
        DirectiveReference(id: id, title: title, citation: citation, digest: digest)
    }
}

extension Directive {
    /// What a directive says of itself.
    struct Header {
        var id: String
        var title: String
        var citation: String
        var link: String?
        var authority: Authority
        var jurisdiction: Jurisdiction
    }

    /// What a directive rules.
    struct Body {
        var entities: [LegalEntity] = []
        var targets: [Target]
        var prohibitions: [Prohibition]
        var lifecycle: Lifecycle
        var falseMatches: [FalseMatch] = []
    }
}
