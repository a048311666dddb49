package import Events
internal import TestSupport

/// Two years of events as the benchmarks read them; the same seed gives the same bytes.
///
/// Seven in ten are downloads of 2,000 apps of very uneven fame, three in ten payments; about one
/// in forty is about one of the eight apps of the order of January 2021. Time runs from 2020-01-01
/// to the end of 2021 over the whole mix, an hour early or late, so that nearly every download
/// opens a count of its own: a hard case for counting.
package struct EventMix {
    /// One event as a line of JSON.
    package struct Event {
        /// Where it belongs.
        package let topic: InputTopic
        /// Its JSON, without a line feed.
        package let json: [UInt8]
    }

    private var chance: SeededChance
    private let count: Int
    private var made = 0
    private let fame: [Double]

    private let downloadsInTen: Int

    /// A mix of so many events.
    package init(count: Int, seed: UInt64 = 20_210_105, downloadsInTen: Int = 7) {
        self.downloadsInTen = downloadsInTen
        chance = SeededChance(seed: seed)
        self.count = count
        var sum = 0.0
        fame = (1...Self.appCount).map { rank in
            sum += 1 / Double(rank)
            return sum
        }
    }

    /// The next event; nil after the last one.
    package mutating func next() -> Event? {
        guard made < count else { return nil }
        let span = Self.end - Self.start
        let jitter = Int64(chance.number(below: 7_200_000)) - 3_600_000
        let time = Self.start + span / Int64(count) * Int64(made) + jitter
        made += 1
        let isMeant = chance.number(below: 10_000) < 258
        let isDownload = chance.number(below: 10) < downloadsInTen
        var writer = JSONWriter(reserving: 400)
        writer.beginObject()
        writer.key("specversion")
        writer.string("1.0" as String)
        writer.key("id")
        let id = identifier()
        writer.string(id)
        writer.key("source")
        let source = isDownload ? "appstore/" + pick(Self.regions) : "psp/" + pick(Self.providers)
        writer.string(source)
        writer.key("type")
        writer.string(isDownload ? EventType.appDownload.name : EventType.paymentTransaction.name)
        writer.key("time")
        writer.string(Timestamp(microseconds: min(max(time, Self.start), Self.end - 1) * 1_000))
        writer.key("data")
        writer.beginObject()
        if isDownload {
            writeDownload(isMeant, to: &writer)
        } else {
            writePayment(isMeant, id, to: &writer)
        }
        writer.endObject()
        writer.endObject()
        return Event(
            topic: isDownload ? .appstoreEvents : .paymentTransactions,
            json: writer.bytes
        )
    }

    private mutating func writeDownload(_ isMeant: Bool, to writer: inout JSONWriter) {
        let rank = isMeant ? 0 : appRank()
        let target = pick(Self.targets)
        writer.key("store")
        writer.string(pick(Self.stores))
        writer.key("appId")
        writer.string(isMeant ? target.appID : "com.pub\(rank % 317).app\(rank)")
        writer.key("appName")
        writer.string(isMeant ? target.name : "App Number \(rank)")
        writer.key("publisher")
        writer.string(isMeant ? target.publisher : "Publisher \(rank % 317)")
        writer.key("country")
        writer.string(pick(Self.countries))
        writer.key("deviceClass")
        writer.string(pick(Self.devices))
        writer.key("acquisition")
        writer.string(chance.number(below: 2) == 0 ? "first-time" : "update" as String)
        writer.key("version")
        writer.string("\(chance.number(below: 12)).\(chance.number(below: 20))")
    }

    private mutating func writePayment(
        _ isMeant: Bool,
        _ id: String,
        to writer: inout JSONWriter
    ) {
        let target = pick(Self.targets)
        writer.key("transactionId")
        writer.string("t_" + id)
        writer.key("paymentMethod")
        writer.string(isMeant ? target.rail ?? "visa" : pick(Self.rails))
        writer.key("amount")
        writer.string("\(chance.number(below: 500)).\(10 + chance.number(below: 90))")
        writer.key("currency")
        writer.string("USD" as String)
        let payer = pick(Self.countries)
        writer.key("payerCountry")
        writer.string(payer)
        writer.key("payeeCountry")
        writer.string(isMeant ? "CN" : payer)
        writer.key("merchantName")
        writer.string("Example Store \(chance.number(below: 500))")
        writer.key("merchantId")
        writer.string("m_\(chance.number(below: 5_000_000))")
        if isMeant || chance.number(below: 5) == 0 {
            writer.key("counterpartyName")
            writer.string(isMeant ? target.name : "App Number \(appRank())")
        }
        writer.key("status")
        writer.string(pick(Self.statuses))
    }

    private mutating func identifier() -> String {
        var text: [UInt8] = []
        var (high, low) = (chance.next(), chance.next())
        for index in 0..<26 {
            text.append(Self.digits[Int((index < 13 ? high : low) & 31)])
            if index < 13 { high >>= 5 } else { low >>= 5 }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Rank 0 is met about 250 times as often as rank 1,999.
    private mutating func appRank() -> Int {
        let wanted = Double(chance.number(below: 1 << 30)) / Double(1 << 30) * fame[fame.count - 1]
        var (low, high) = (0, fame.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if fame[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[chance.number(below: elements.count)]
    }
}

extension EventMix {
    private static let appCount = 2_000
    /// Milliseconds since 1970.
    private static let start: Int64 = 1_577_836_800_000
    private static let end: Int64 = 1_640_995_200_000
    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let regions = ["us-east", "us-west", "eu-central"]
    private static let providers = ["stripe", "adyen", "square", "braintree"]
    private static let stores = ["apple", "apple", "google", "google", "google", "amazon"]
    private static let devices = ["phone", "phone", "phone", "tablet", "desktop"]
    private static let rails = ["visa", "mastercard", "ach", "paypal", "amex", "applepay"]
    private static let statuses = ["authorised", "authorised", "captured", "failed", "refunded"]
    private static let countries =
        Array(repeating: "US", count: 10)
        + ["GB", "DE", "FR", "CA", "MX", "BR", "IN", "JP", "AU", "KR"]

    private struct Meant {
        let name: String
        let appID: String
        let publisher: String
        var rail: String?
    }

    private static let targets = [
        Meant(
            name: "Alipay",
            appID: "com.eg.android.AlipayGphone",
            publisher: "Alipay (Hangzhou)",
            rail: "alipay"
        ),
        Meant(name: "CamScanner", appID: "com.intsig.camscanner", publisher: "INTSIG"),
        Meant(name: "QQ Wallet", appID: "com.tencent.qqwallet", publisher: "Tencent"),
        Meant(name: "SHAREit", appID: "com.lenovo.anyshare.gps", publisher: "Smart Media4U"),
        Meant(name: "Tencent QQ", appID: "com.tencent.mobileqq", publisher: "Tencent"),
        Meant(name: "VMate", appID: "com.uc.vmate", publisher: "UCWeb"),
        Meant(
            name: "WeChat Pay",
            appID: "com.tencent.mm",
            publisher: "Tencent",
            rail: "wechat_pay"
        ),
        Meant(name: "WPS Office", appID: "cn.wps.moffice_eng", publisher: "Kingsoft"),
    ]
}
