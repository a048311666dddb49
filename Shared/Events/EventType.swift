/// The three kinds of event that come in.
public enum EventType: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// One or more downloads of an app.
    case appDownload
    /// A purchase in an app store.
    case appPurchase
    /// A step of a payment at a payment service provider.
    case paymentTransaction

    /// The CloudEvents `type`.
    public var name: String {
        switch self {
        case .appDownload: "cordon.app.download"
        case .appPurchase: "cordon.app.purchase"
        case .paymentTransaction: "cordon.payment.transaction"
        }
    }

    /// The only topic the type may stand on.
    public var topic: InputTopic {
        self == .paymentTransaction ? .paymentTransactions : .appstoreEvents
    }
}

/// The two topics that events come in on.
public enum InputTopic: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// Holds the `cordon.app.*` events.
    case appstoreEvents
    /// Holds the `cordon.payment.*` events.
    case paymentTransactions

    /// The topic's name without a prefix.
    public var name: String {
        switch self {
        case .appstoreEvents: "appstore-events"
        case .paymentTransactions: "payment-transactions"
        }
    }
}
