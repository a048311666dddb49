internal import Events

/// A member of an event that is compared with the identifiers of targets, in the order in which
/// matches of equal strength are listed.
enum EventField: UInt8, CaseIterable {
    case appID, storeAppID, counterpartyAppID, paymentMethod
    case publisher, merchantName, counterpartyName, appName

    /// JSON Pointer to the member.
    var pointer: String {
        switch self {
        case .appID: "/data/appId"
        case .storeAppID: "/data/storeAppId"
        case .counterpartyAppID: "/data/counterpartyAppId"
        case .paymentMethod: "/data/paymentMethod"
        case .publisher: "/data/publisher"
        case .merchantName: "/data/merchantName"
        case .counterpartyName: "/data/counterpartyName"
        case .appName: "/data/appName"
        }
    }

    /// The member in words that follow "the".
    var phrase: String {
        switch self {
        case .appID: "app id"
        case .storeAppID: "store's app id"
        case .counterpartyAppID: "counterparty's app id"
        case .paymentMethod: "payment method"
        case .publisher: "publisher"
        case .merchantName: "merchant name"
        case .counterpartyName: "counterparty name"
        case .appName: "app name"
        }
    }

    /// Where the member's text stands in an event.
    @inline(__always)
    func range(in event: ScannedEvent) -> TextRange {
        switch self {
        case .appID: event.appID
        case .storeAppID: event.storeAppID
        case .counterpartyAppID: event.counterpartyAppID
        case .paymentMethod: event.paymentMethod
        case .publisher: event.publisher
        case .merchantName: event.merchantName
        case .counterpartyName: event.counterpartyName
        case .appName: event.appName
        }
    }
}
