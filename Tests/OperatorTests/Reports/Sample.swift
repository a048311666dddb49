import Events
import Testing

@testable import Operator

/// Counts and flags for the tests of reports, with everything that a test does not care about.
enum Sample {
    static let alipayIOS = DownloadCount.AppKey(
        store: "apple",
        appID: "com.alipay.iphoneclient",
        storeAppID: nil
    )
    static let alipayNumber = DownloadCount.AppKey(
        store: "apple",
        appID: nil,
        storeAppID: "333206289"
    )
    static let alipayAndroid = DownloadCount.AppKey(
        store: "google",
        appID: "com.eg.android.alipaygphone",
        storeAppID: nil
    )
    static let camScanner = DownloadCount.AppKey(
        store: "google",
        appID: "com.intsig.camscanner",
        storeAppID: nil
    )
    static let game = DownloadCount.AppKey(
        store: "google",
        appID: "org.example.game",
        storeAppID: nil
    )

    static func count(
        _ app: DownloadCount.AppKey,
        _ count: Int64,
        on day: String = "2020-03-01",
        in country: String = "US",
        as acquisition: Acquisition = .firstTime,
        at origin: DownloadCount.Origin = origin(segment: 0)
    ) throws -> DownloadCount {
        DownloadCount(
            dimensions: DownloadCount.Dimensions(
                day: try #require(Day(day)),
                app: app,
                country: try #require(CountryCode(country)),
                acquisition: acquisition,
                origin: origin
            ),
            count: count,
            throughOffset: origin.segment + 9
        )
    }

    static func origin(partition: Int32 = 0, segment: Int64) -> DownloadCount.Origin {
        DownloadCount.Origin(topic: "appstore-events", partition: partition, segment: segment)
    }

    static func table(_ counts: [DownloadCount]) -> CountTable {
        var table = CountTable()
        for count in counts { table.apply(count) }
        return table
    }

    /// A flag on a payment through Alipay; `change` makes it another one.
    static func flag(_ number: Int, _ change: (inout Flag) -> Void = { _ in }) throws -> Flag {
        let from = try #require(Timestamp(rfc3339: "2021-01-05T05:00:00Z"))
        let digits = String(number, radix: 16)
        var flag = Flag(
            id: String(repeating: "0", count: 32 - digits.count) + digits,
            time: try #require(Timestamp(rfc3339: "2021-01-20T12:00:00Z")),
            recordedTime: nil,
            ruling: Flag.Ruling(
                disposition: "review",
                directive: Flag.Instrument(
                    id: "us-eo-13971",
                    title: "Chinese Software",
                    citation: "86 FR 1249",
                    digest: "sha256:00"
                ),
                prohibition: "transactions",
                target: "alipay",
                interval: Flag.Interval(
                    state: "pending",
                    from: from,
                    to: nil,
                    citation: "s. 1(a)"
                ),
                jurisdiction: Flag.Place(country: "US", field: "/data/payerCountry")
            ),
            origin: Flag.Origin(
                source: "urn:psp",
                id: "e\(number)",
                topic: "payment-transactions",
                partition: 0,
                offset: Int64(number)
            ),
            content: (facts: Flag.Facts(), event: event("cordon.payment.transaction"))
        )
        flag.facts.amount = "12.5"
        flag.facts.currency = "USD"
        flag.facts.status = "captured"
        flag.facts.transactionID = "t\(number)"
        change(&flag)
        return flag
    }

    static func event(_ type: String, acquisition: String? = nil) -> [UInt8] {
        let data = acquisition.map { #"{"acquisition":"\#($0)"}"# } ?? "{}"
        return Array(#"{"type":"\#(type)","data":\#(data)}"#.utf8)
    }

    static func table(_ flags: [Flag]) throws -> FlagTable {
        var table = FlagTable()
        for flag in flags { try table.apply(flag) }
        return table
    }
}
