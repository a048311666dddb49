public import Events

/// What ends a published rule set on `ban-rules`: the digests that the set must have.
///
/// The record's key is `set`. The directives stand before it in the same transaction, each under
/// its id.
public struct RuleManifest: Sendable, Hashable {
    /// The key of a manifest's record.
    public static let key = "set"

    /// One directive of the set.
    public struct Entry: Sendable, Hashable {
        /// The directive's id.
        public let id: String
        /// The directive's digest.
        public let digest: String
    }

    /// The set's digest.
    public let digest: String
    /// The directives, by id.
    public let directives: [Entry]
    /// When it was published, by the clock of whoever did.
    public let publishedAt: Timestamp?
    /// Who published it, in their own words.
    public let author: String?

    /// The manifest of a set.
    public init(_ ruleSet: RuleSet, publishedAt: Timestamp?, author: String?) {
        digest = ruleSet.digest
        directives = ruleSet.directives.map { Entry(id: $0.id, digest: $0.digest) }
        self.publishedAt = publishedAt
        self.author = author
    }

    /// Reads a record's value back.
    ///
    /// - Throws: ``Rejection`` naming the member that is missing or wrong.
    public init(value: RawSpan) throws(Rejection) {
        let json = try JSONValue.parse(value)
        digest = try Self.text(json, "digest", at: "/digest")
        guard case .array(let entries)? = json["directives"], !entries.isEmpty else {
            throw Self.wrong("/directives", "a list of directives is expected")
        }
        var directives: [Entry] = []
        for (index, entry) in entries.enumerated() {
            directives.append(
                Entry(
                    id: try Self.text(entry, "id", at: "/directives/\(index)/id"),
                    digest: try Self.text(entry, "digest", at: "/directives/\(index)/digest")
                )
            )
        }
        self.directives = directives
        publishedAt = json["publishedAt"]?.stringValue.flatMap(Timestamp.init(rfc3339:))
        author = json["author"]?.stringValue
    }

    /// Appends the record's value.
    public func writeValue(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("digest")
        writer.string(digest)
        writer.key("directives")
        writer.beginArray()
        for entry in directives {
            writer.beginObject()
            writer.key("id")
            writer.string(entry.id)
            writer.key("digest")
            writer.string(entry.digest)
            writer.endObject()
        }
        writer.endArray()
        if let publishedAt {
            writer.key("publishedAt")
            writer.string(publishedAt)
        }
        if let author {
            writer.key("author")
            writer.string(author)
        }
        writer.endObject()
    }

    private static func text(_ json: JSONValue, _ name: String, at pointer: String)
        throws(Rejection) -> String
    {
        guard let text = json[name]?.stringValue else {
            throw wrong(pointer, "a text is expected")
        }
        return text
    }

    private static func wrong(_ pointer: String, _ detail: String) -> Rejection {
        Rejection(reason: .wrongType, pointer: pointer, detail: detail)
    }
}
