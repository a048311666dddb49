import Events
import Testing

@testable import Operator

@Suite struct CountTableTests {
    private func apply(_ count: DownloadCount, to table: inout CountTable) throws {
        var key = JSONWriter()
        var value = JSONWriter()
        count.writeKey(to: &key)
        count.writeValue(to: &value)
        try table.apply(key: key.written, value: value.written)
    }

    @Test func `only the latest record of a key counts`() throws {
        var table = CountTable()
        for units: Int64 in [5, 9, 14] {
            try apply(Sample.count(Sample.game, units), to: &table)
        }
        #expect(table.latest.values.map(\.count) == [14])
        #expect(table.recordCount == 3)
    }

    @Test func `a version that covers less does not replace one that covers more`() throws {
        var older = try Sample.count(Sample.game, 5)
        var newer = older
        older.throughOffset = 10
        newer.throughOffset = 20
        newer.count = 8
        let table = Sample.table([newer, older])
        #expect(table.latest.values.map(\.count) == [8])
    }

    @Test func `segments of one partition are keys of their own`() throws {
        let counts = try [0, 100, 250].map { segment in
            try Sample.count(Sample.game, 10, at: Sample.origin(segment: segment))
        }
        #expect(Sample.table(counts).latest.count == 3)
    }

    @Test func `a tombstone takes its key out`() throws {
        var table = CountTable()
        let count = try Sample.count(Sample.alipayNumber, 5)
        try apply(count, to: &table)
        try apply(Sample.count(Sample.game, 7), to: &table)
        var key = JSONWriter()
        count.writeKey(to: &key)
        try table.apply(key: key.written, value: nil)
        #expect(table.latest.values.map(\.count) == [7])
    }

    @Test(arguments: [
        "", "[]", "{}", #"["2020-03-01","apple",null,"1","US","first-time","t",0]"#,
        #"["2020-13-01","apple",null,"1","US","first-time","t",0,0]"#,
        #"["2020-03-01","apple",null,"1","US","first-time","t",4294967296,0]"#,
    ])
    func `a tombstone with a foreign key is refused`(key: String) throws {
        var table = CountTable()
        try apply(Sample.count(Sample.game, 7), to: &table)
        #expect(throws: Rejection.self) {
            try table.apply(key: key, value: nil)
        }
        #expect(table.latest.count == 1)
    }

    @Test func `a value that is no count is refused and leaves the table as it was`() throws {
        var table = CountTable()
        try apply(Sample.count(Sample.game, 7), to: &table)
        let rejection = #expect(throws: Rejection.self) {
            try table.apply(key: "", value: #"{"day":"2020-01-01"}"#)
        }
        #expect(rejection?.reason == .missingMember)
        #expect(table.recordCount == 1)
    }

    @Test func `coverage is the last offset of each input partition over all keys`() throws {
        let table = Sample.table([
            try Sample.count(Sample.game, 1, at: Sample.origin(partition: 1, segment: 50)),
            try Sample.count(Sample.game, 1, at: Sample.origin(partition: 0, segment: 700)),
            try Sample.count(Sample.alipayIOS, 1, at: Sample.origin(partition: 0, segment: 20)),
        ])
        #expect(
            table.coverage.map { "\($0.partition)@\($0.throughOffset)" } == [
                "appstore-events/0@709", "appstore-events/1@59",
            ]
        )
    }
}
