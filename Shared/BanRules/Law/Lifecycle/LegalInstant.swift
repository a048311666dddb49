public import Events

/// An instant as a legal text gives it, with the instant on the time line that was understood.
public struct LegalInstant: Sendable, Hashable {
    /// The words of the text, as written in the directive: `2021-01-05`, or a quotation.
    public let words: String
    /// The IANA name of the zone, or the UTC offset if the text carries one: `-04:00`, `Z`.
    public let zone: String
    /// The instant, UTC.
    public let utc: Timestamp

    init(words: String, zone: String, utc: Timestamp) {
        self.words = words
        self.zone = zone
        self.utc = utc
    }
}
