import BanRules
import Events

extension Act {
    /// What the event inside a flag reports.
    ///
    /// - Throws: ``Rejection`` when the flag carries no event of a known type.
    init(of flag: Flag) throws(Rejection) {
        let event = try JSONValue.parse(flag.event)
        switch event["type"]?.stringValue {
        case EventType.appDownload.name: self = Self.download(event["data"]?["acquisition"])
        case EventType.appPurchase.name: self = .purchase
        case EventType.paymentTransaction.name: self = .payment
        default:
            throw Rejection(
                reason: .unknownType,
                pointer: "/data/event/type",
                detail: "the flagged event has no known type"
            )
        }
    }

    private static func download(_ acquisition: JSONValue?) -> Act {
        switch acquisition?.stringValue.flatMap({ Acquisition(word: $0) }) ?? .firstTime {
        case .firstTime: .download
        case .redownload: .redownload
        case .update: .update
        }
    }
}
