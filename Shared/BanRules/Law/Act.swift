public import Events

/// What an event says somebody did; acts are disjoint, so every event is exactly one.
public enum Act: String, CaseIterable, Sendable {
    /// A first download of an app.
    case download
    /// A download of an app that the account had before.
    case redownload
    /// An update of an installed app.
    case update
    /// A purchase in or of an app.
    case purchase
    /// A payment between two parties.
    case payment

    /// The act that an event reports.
    public init(_ event: ScannedEvent) {
        switch event.type {
        case .appDownload:
            switch event.acquisition {
            case .firstTime: self = .download
            case .redownload: self = .redownload
            case .update: self = .update
            }
        case .appPurchase: self = .purchase
        case .paymentTransaction: self = .payment
        }
    }
}
