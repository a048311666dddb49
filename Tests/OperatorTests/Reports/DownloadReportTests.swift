import BanRules
import Events
import ServiceKit
import Testing

@testable import Operator

@Suite struct DownloadReportTests {
    private func report(
        _ counts: [DownloadCount],
        _ change: (inout DownloadQuery) -> Void = { _ in }
    ) throws -> DownloadReport {
        var query = DownloadQuery()
        change(&query)
        return try DownloadReport(
            Sample.table(counts),
            query,
            names: AppNames(try RuleSet.shipped())
        )
    }

    /// A year in small: two partitions, one of which changed hands, three ids of one app.
    private func year() throws -> [DownloadCount] {
        [
            try Sample.count(Sample.alipayIOS, 100),
            try Sample.count(Sample.alipayIOS, 50, at: Sample.origin(segment: 400)),
            try Sample.count(Sample.alipayNumber, 30, on: "2020-04-30"),
            try Sample.count(
                Sample.alipayAndroid,
                20,
                at: Sample.origin(partition: 1, segment: 0)
            ),
            try Sample.count(Sample.camScanner, 4_400, on: "2020-12-31"),
            try Sample.count(Sample.camScanner, 7, on: "2021-01-01"),
            try Sample.count(Sample.camScanner, 5, in: "CA"),
            try Sample.count(Sample.game, 1_000, as: .redownload),
            try Sample.count(Sample.game, -3),
        ]
    }

    @Test func `the ids of a target are one line, over partitions and segments`() throws {
        let report = try report(year())
        #expect(report.rows.map(\.count) == [4_412, 200, -3])
        #expect(report.rows[1].labels == [.text("alipay"), .text("Alipay")])
        #expect(report.rows[2].labels == [.text("org.example.game"), .absent])
        #expect(report.total == 4_609)
    }

    @Test func `a numeric id is a target's only in Apple's store`() throws {
        let stranger = DownloadCount.AppKey(
            store: "huawei",
            appID: nil,
            storeAppID: "333206289"
        )
        let report = try report([try Sample.count(stranger, 5)])
        #expect(report.rows.first?.labels == [.text("333206289"), .absent])
    }

    @Test(arguments: [
        ("alipay", 200), ("com.alipay.iphoneclient", 200), ("COM.ALIPAY.IPHONECLIENT", 200),
        ("333206289", 200), ("org.example.game", -3), ("tencent-qq", 0), ("Alipay", 200),
    ])
    func `an app can be named by any of its ids`(name: String, total: Int64) throws {
        #expect(try report(year()) { $0.apps = [name] }.total == total)
    }

    @Test func `filters cut out days, countries, stores, acquisitions and apps without a target`()
        throws
    {
        #expect(try report(year()) { $0.from = Day("2021-01-01") }.total == 7)
        #expect(
            try report(year()) {
                $0.from = Day("2020-04-30")
                $0.to = Day("2020-12-31")
            }.total == 4_430
        )
        #expect(try report(year()) { $0.countries = [.unknown] }.total == 0)
        #expect(
            try report(year()) { $0.countries = Set([CountryCode("CA")].compactMap(\.self)) }.total
                == 5
        )
        #expect(try report(year()) { $0.stores = ["apple"] }.total == 180)
        #expect(try report(year()) { $0.acquisition = .redownload }.total == 1_000)
        #expect(try report(year()) { $0.acquisition = nil }.total == 5_609)
        #expect(try report(year()) { $0.isTargetsOnly = true }.total == 4_612)
    }

    @Test func `every breakdown adds up to the same total`() throws {
        let dimensions = DownloadQuery.Dimension.allCases
        for first in dimensions {
            for second in dimensions where first != second {
                let report = try report(year()) { $0.grouping = [first, second] }
                #expect(report.rows.map(\.count).reduce(0, +) == 4_609, "\(first) \(second)")
            }
        }
    }

    @Test func `months come in their order`() throws {
        let report = try report(year()) { $0.grouping = [.month] }
        #expect(
            report.rows.map(\.labels) == [
                [.text("2020-03")], [.text("2020-04")], [.text("2020-12")], [.text("2021-01")],
            ]
        )
        #expect(report.rows.map(\.count) == [172, 30, 4_400, 7])
    }

    @Test(arguments: [Int64.max, .min])
    func `a sum that leaves 64 bits is a failure and no wrong figure`(extreme: Int64) throws {
        let counts = [
            try Sample.count(Sample.game, extreme),
            try Sample.count(
                Sample.game,
                extreme.signum(),
                at: Sample.origin(segment: 99)
            ),
        ]
        #expect(throws: ToolFailure.self) { try report(counts) }
    }

    @Test func `the table ends with the total and what it covers`() throws {
        #expect(
            try report(year()).text(.table) == """
                APP               TITLE       ACQUISITION  COUNT
                camscanner        CamScanner  first-time   4,412
                alipay            Alipay      first-time     200
                org.example.game              first-time      -3
                total                                      4,609

                9 keys, 9 records; counted through appstore-events 0:409 1:9

                """
        )
    }

    @Test func `CSV has plain numbers, the acquisition and no total`() throws {
        let text = try report(year()) {
            $0.acquisition = nil
            $0.grouping = [.app, .acquisition]
            $0.stores = ["google"]
        }.text(.csv)
        #expect(
            text == """
                app,title,acquisition,count
                alipay,Alipay,first-time,20
                camscanner,CamScanner,first-time,4412
                org.example.game,,first-time,-3
                org.example.game,,redownload,1000

                """
        )
    }

    @Test func `JSON says what the figures cover`() throws {
        let text = try report([try Sample.count(Sample.alipayIOS, 100)]).text(.json)
        #expect(
            text == """
                {"report":"downloads","rows":[{"app":"alipay","title":"Alipay",\
                "acquisition":"first-time","count":100}],"total":100,"keys":1,"records":1,\
                "covers":[{"topic":"appstore-events","partition":0,"throughOffset":9}]}

                """
        )
    }

    @Test func `an empty topic gives a total of zero and says so`() throws {
        let text = try report([]).text(.table)
        #expect(text.hasSuffix("0 keys, 0 records: nothing has been counted yet\n"))
    }
}
