/// Names one directive in one version.
public struct DirectiveReference: Sendable, Hashable {
    /// The directive's id.
    public let id: String
    /// The directive's title.
    public let title: String
    /// Where the directive was published.
    public let citation: String
    /// SHA-256 of the directive's canonical JSON, as `sha256:` and 64 hex digits.
    public let digest: String
}
