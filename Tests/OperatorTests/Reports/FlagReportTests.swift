import BanRules
import Events
import ServiceKit
import Testing

@testable import Operator

@Suite struct FlagReportTests {
    private func report(
        _ flags: [Flag],
        _ change: (inout FlagQuery) -> Void = { _ in }
    ) throws -> FlagReport {
        var query = FlagQuery()
        change(&query)
        return try FlagReport(Sample.table(flags), query)
    }

    /// One payment under two directives, its authorisation, a sale in euros, and two downloads.
    private func flags() throws -> [Flag] {
        [
            try Sample.flag(1),
            try Sample.flag(2) {
                $0.origin.id = "e1"
                $0.ruling.directive.id = "in-other"
                $0.ruling.disposition = "prohibited"
                $0.ruling.interval.state = "in-force"
            },
            try Sample.flag(3) { $0.facts.status = "authorised" },
            try Sample.flag(4) {
                $0.facts.currency = "EUR"
                $0.facts.amount = "0.000000001"
            },
            try Sample.flag(5) { Self.makeDownload(&$0, units: 40) },
            try Sample.flag(6) { Self.makeDownload(&$0, units: 2, acquisition: "update") },
        ]
    }

    private static func makeDownload(
        _ flag: inout Flag,
        units: Int64,
        acquisition: String? = nil
    ) {
        flag.facts = Flag.Facts()
        flag.facts.units = units
        flag.event = Sample.event("cordon.app.download", acquisition: acquisition)
    }

    @Test func `flags and distinct events stand side by side`() throws {
        let report = try report(flags())
        #expect(report.total.flags == 6)
        #expect(report.total.events == 5)
        #expect(report.total.units == 42)
    }

    @Test func `a flag id that comes again counts once, with its last content`() throws {
        let again = try Sample.flag(1) { $0.ruling.disposition = "prohibited" }
        let report = try report([try Sample.flag(1), again]) { $0.grouping = [.disposition] }
        #expect(report.rows.map(\.labels) == [["prohibited"]])
        #expect(report.total.flags == 1)
        #expect(report.recordCount == 2)
    }

    @Test func `the same id from another source is another event`() throws {
        let other = try Sample.flag(2) {
            $0.origin.id = "e1"
            $0.origin.source = "urn:other"
        }
        #expect(try report([try Sample.flag(1), other]).total.events == 2)
    }

    @Test func `money is that of captured payments, each event once, each currency apart`() throws {
        let amounts = try report(flags()).total.amounts
        #expect(
            amounts.map { "\($0.key) \($0.value)" }.sorted() == ["EUR 0.000000001", "USD 12.5"]
        )
    }

    @Test(arguments: [
        (FlagQuery.MoneyStatus.all, ["USD 37.5"]),
        (.only(.authorised), ["USD 12.5"]),
        (.only(.refunded), []),
    ])
    func `money of another status is summed when asked`(
        status: FlagQuery.MoneyStatus,
        expected: [String]
    ) throws {
        let purchase = try Sample.flag(9) {
            $0.facts.status = nil
            $0.event = Sample.event("cordon.app.purchase")
        }
        let flags = [
            try Sample.flag(1), try Sample.flag(2) { $0.facts.status = "authorised" }, purchase,
        ]
        let amounts = try report(flags) { $0.money = status }.total.amounts
        #expect(amounts.map { "\($0.key) \($0.value)" } == expected)
    }

    @Test func `acts follow the event inside the flag`() throws {
        let purchase = try Sample.flag(9) { $0.event = Sample.event("cordon.app.purchase") }
        let report = try report(flags() + [purchase]) { $0.grouping = [.act] }
        #expect(report.rows.map(\.labels) == [["download"], ["payment"], ["purchase"], ["update"]])
        #expect(report.rows.map(\.figures.flags) == [1, 4, 1, 1])
    }

    @Test func `filters cut out time, target, directive and disposition`() throws {
        let late = try Sample.flag(8) {
            $0.time = Timestamp(rfc3339: "2021-02-19T05:00:00Z") ?? $0.time
            $0.ruling.target = "vmate"
        }
        let flags = try flags() + [late]
        let border = Timestamp(rfc3339: "2021-02-19T05:00:00Z")
        #expect(try report(flags) { $0.from = border }.total.flags == 1)
        #expect(try report(flags) { $0.until = border }.total.flags == 6)
        #expect(try report(flags) { $0.targets = ["vmate"] }.total.flags == 1)
        #expect(try report(flags) { $0.directives = ["in-other"] }.total.flags == 1)
        #expect(try report(flags) { $0.disposition = .prohibited }.total.flags == 1)
    }

    @Test func `every breakdown adds up to the same flags`() throws {
        for dimension in FlagQuery.Dimension.allCases {
            let report = try report(flags()) { $0.grouping = [dimension] }
            #expect(report.rows.map(\.figures.flags).reduce(0, +) == 6, "\(dimension)")
        }
    }

    @Test func `a flag with a foreign id or event is refused`() throws {
        var table = FlagTable()
        let foreign = try Sample.flag(1) { $0.id = "not hex" }
        #expect(throws: Rejection.self) { try table.apply(foreign) }
        let odd = try Sample.flag(1) { $0.event = Sample.event("com.example.other") }
        #expect(throws: Rejection.self) { try table.apply(odd) }
        #expect(table.flags.isEmpty)
        #expect(table.recordCount == 0)
    }

    @Test func `a flag comes through the wire unchanged in what a report needs`() throws {
        var table = FlagTable()
        for flag in try flags() {
            var writer = JSONWriter()
            flag.write(to: &writer)
            try table.apply(value: writer.bytes)
        }
        let read = try FlagReport(table, FlagQuery())
        #expect(read.rows == (try report(flags())).rows)
    }

    @Test func `units beyond 64 bits are a failure and no wrong figure`() throws {
        let flags = try [1, 2].map { number in
            try Sample.flag(number) { Self.makeDownload(&$0, units: .max) }
        }
        #expect(throws: ToolFailure.self) { try report(flags) }
    }

    @Test func `the table has a column for each currency`() throws {
        #expect(
            try report(flags()).text(.table) == """
                TARGET  STATE     DISPOSITION  FLAGS  EVENTS  UNITS          EUR    USD
                alipay  in-force  prohibited       1       1      0               12.50
                alipay  pending   review           5       5     42  0.000000001  12.50
                total                              6       5     42  0.000000001  12.50

                6 flags on 5 distinct events, 6 records read; amounts of captured payments

                """
        )
    }

    @Test func `CSV and JSON have plain amounts`() throws {
        let report = try report(flags()) { $0.grouping = [.directive] }
        #expect(
            report.text(.csv) == """
                directive,flags,events,units,amount_EUR,amount_USD
                in-other,1,1,0,,12.50
                us-eo-13971,5,5,42,0.000000001,12.50

                """
        )
        #expect(
            report.text(.json).hasPrefix(
                #"{"report":"flags","rows":[{"directive":"in-other","flags":1,"events":1,"#
                    + #""units":0,"amounts":{"USD":"12.50"}},"#
            )
        )
    }
}
