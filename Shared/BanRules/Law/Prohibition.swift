/// What a directive forbids: acts on targets.
public struct Prohibition: Sendable, Hashable {
    /// A slug, unique in the directive.
    public let id: String
    /// What is forbidden, in a few words.
    public let title: String
    /// The section of the directive, or another text that spells the prohibition out.
    public let citation: String?
    /// The acts that are forbidden, in the order of ``Act``, whatever it is in the file.
    public let acts: [Act]
    /// The ids of the targets, in the order of the file.
    public let targets: [String]
    /// The prohibition's own intervals, if it does not share the directive's.
    public let lifecycle: Lifecycle?
    /// The states that count: its own or the directive's, and nothing after the directive's end.
    public let effectiveLifecycle: Lifecycle

    init(
        id: String,
        title: String,
        citation: String?,
        scope: (acts: [Act], targets: [String]),
        lifecycle: Lifecycle?,
        directive: Lifecycle
    ) {
        self.id = id
        self.title = title
        self.citation = citation
        acts = Act.allCases.filter(scope.acts.contains)
        targets = scope.targets
        self.lifecycle = lifecycle
        effectiveLifecycle = lifecycle?.overlaid(by: directive) ?? directive
    }
}
