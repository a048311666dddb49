/// Who issued a directive, and by which clock its dates begin.
public struct Authority: Sendable, Hashable {
    /// The office or body.
    public let name: String
    /// The IANA name of the zone in which a date without a time begins at 00:00.
    public let timeZone: String

    init(name: String, timeZone: String) {
        self.name = name
        self.timeZone = timeZone
    }
}
