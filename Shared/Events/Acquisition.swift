/// How a user came by an app.
public enum Acquisition: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// The user never had the app before; what reports count unless asked otherwise.
    case firstTime
    /// The user had the app before and fetches it again.
    case redownload
    /// The user has the app and receives a newer version.
    case update

    /// The word on the wire.
    public var word: String {
        switch self {
        case .firstTime: "first-time"
        case .redownload: "redownload"
        case .update: "update"
        }
    }

    /// Reads the word on the wire, nil for any other.
    public init?(word: String) {
        guard let match = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = match
    }
}
