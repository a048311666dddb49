/// A match by name that somebody looked into and found to be false, so that it is passed over.
///
/// Matches by id or by payment code are never silenced: what they point to is certain.
public struct FalseMatch: Sendable, Hashable {
    /// The ids of the targets that are met falsely.
    public let targets: [String]
    /// Texts, whole, compared as names are.
    public let texts: [String]
    /// Bundle ids, packages or numeric ids of apps of other people.
    public let appIDs: [String]
    /// Why the match is false.
    public let reason: String
    /// Who says so.
    public let author: String
    /// Events from this instant on are flagged again, so that somebody looks once more.
    public let expires: LegalInstant

    init(
        targets: [String],
        content: (texts: [String], appIDs: [String]),
        reason: String,
        author: String,
        expires: LegalInstant
    ) {
        self.targets = targets
        texts = content.texts
        appIDs = content.appIDs
        self.reason = reason
        self.author = author
        self.expires = expires
    }
}
