import Events

@testable import Operator

/// A stream as written, read back line by line.
struct GeneratedLines {
    let truth: StreamTruth
    let bytes: [UInt8]
    private(set) var events: [Event] = []
    private(set) var rejected: [String] = []

    init(_ options: StreamOptions) {
        let stream = ReferenceStream(options: options)
        truth = stream.truth
        bytes = Self.bytes(stream)
        var scanner = EventScanner()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            do {
                events.append(try Event(Array(line), &scanner))
            } catch {
                rejected.append("\(error): \(String(decoding: line, as: UTF8.self))")
            }
        }
    }

    static func bytes(_ stream: ReferenceStream) -> [UInt8] {
        var bytes: [UInt8] = []
        stream.write { bytes += $0 }
        return bytes
    }

    /// The events, each repeat left out.
    var distinct: [Event] {
        var seen: Set<String> = []
        return events.filter { seen.insert($0.identity).inserted }
    }

    /// The dimensions of a count but for the day.
    static func feed(
        _ store: String?,
        _ appID: String?,
        _ storeAppID: String?,
        _ country: String?,
        _ acquisition: String
    ) -> String {
        [store, appID, storeAppID, country, acquisition].map { $0 ?? "-" }.joined(separator: " ")
    }

    struct Event: Hashable {
        let type: EventType
        let identity: String
        let time: Timestamp
        let period: Duration?
        let store, appID, storeAppID, method, counterparty: String?
        let country, payer, payee: String?
        let acquisition: Acquisition
        let units: Int64

        init(_ line: [UInt8], _ scanner: inout EventScanner) throws(Rejection) {
            let payload = unsafe line.span.bytes
            let event = try scanner.scan(payload)
            func text(_ range: TextRange) -> String? {
                range.isAbsent ? nil : scanner.string(range, in: payload)
            }
            type = event.type
            identity = (text(event.source) ?? "") + " " + (text(event.id) ?? "")
            time = event.time
            period = event.periodEnd.map {
                .microseconds($0.microseconds - event.time.microseconds)
            }
            store = text(event.store)
            appID = text(event.appID)
            storeAppID = text(event.storeAppID)
            method = text(event.paymentMethod)
            counterparty = text(event.counterpartyName)
            country = event.country?.description
            payer = event.payerCountry?.description
            payee = event.payeeCountry?.description
            acquisition = event.acquisition
            units = event.units
        }

        var feed: String {
            GeneratedLines.feed(store, appID, storeAppID, country, acquisition.word)
        }
    }
}

extension GeneratedLines.Event {
    /// Target, act and state, judged from the line alone and with the words of the order.
    var expectedFlag: String? {
        guard let target, let state, units > 0, !isElsewhere else { return nil }
        return "\(target) \(act) \(state)"
    }

    private var target: String? {
        Self.targets[appID ?? storeAppID ?? ""] ?? Self.targets[method ?? ""]
            ?? Self.targets[counterparty ?? ""]
    }

    private var act: String {
        switch type {
        case .appDownload: acquisition == .firstTime ? "download" : acquisition.word
        case .appPurchase: "purchase"
        case .paymentTransaction: "payment"
        }
    }

    private var state: String? {
        switch time.description {
        case "2021-01-05T05"..<"2021-02-19T05": "pending"
        case "2021-02-19T05"..<"2021-06-09T04": "unimplemented"
        default: nil
        }
    }

    /// Whether every side is known and none is in the United States or their territories.
    private var isElsewhere: Bool {
        let sides = type == .paymentTransaction ? [payer, payee] : [country]
        return sides.allSatisfy { !["US", "PR", "GU", "VI", "AS", "MP", "ZZ", nil].contains($0) }
    }

    private static let targets: [String: String] = [
        "com.alipay.iphoneclient": "alipay", "333206289": "alipay", "alipay": "alipay",
        "com.eg.android.AlipayGphone": "alipay", "Alipay": "alipay",
        "388627783": "camscanner", "com.intsig.camscanner": "camscanner",
        "CamScanner": "camscanner",
        "com.lenovo.anyshare": "shareit", "com.lenovo.anyshare.gps": "shareit",
        "SHAREit": "shareit",
        "com.tencent.mqq": "tencent-qq", "com.tencent.mobileqq": "tencent-qq",
        "Tencent QQ": "tencent-qq",
        "com.uc.vmate": "vmate", "VMate": "vmate",
        "1491101673": "wps-office", "cn.wps.moffice_eng": "wps-office", "WPS Office": "wps-office",
        "QQ Wallet": "qq-wallet", "QQ钱包": "qq-wallet",
        "wechat_pay": "wechat-pay", "WeChat Pay": "wechat-pay",
    ]
}
