import Events
import Testing

@testable import BanRules

struct LifecycleTests {
    @Test(arguments: [
        ("2020-05-31T23:59:59.999Z", nil), ("2020-06-01T00:00:00Z", LegalState.pending),
        ("2020-06-01T00:00:00.000001Z", .pending), ("2020-12-31T23:59:59.999999Z", .pending),
        ("2021-01-01T00:00:00Z", .inForce), ("2100-01-01T00:00:00Z", .inForce),
    ])
    func `an interval holds from its start until the next one's`(
        _ text: String,
        _ state: LegalState?
    ) throws {
        let lifecycle = try lifecycle(["pending": "2020-06-01", "in-force": "2021-01-01"])
        #expect(lifecycle.interval(at: try time(text))?.state == state)
    }

    @Test(arguments: [
        ("2020-01-01", "2020-06-01", [nil]),
        ("2020-05-31", "2020-06-02", [nil, LegalState.pending]),
        ("2020-06-01", "2020-06-02", [.pending]),
        ("2020-12-31", "2021-01-01", [.pending]),
        ("2020-12-31", "2021-01-02", [.pending, .inForce]),
        ("2021-01-01", "2021-01-02", [.inForce]),
        ("2020-01-01", "2022-01-01", [nil, .pending, .inForce]),
        ("2020-12-31", "2020-12-31", [.pending]),
    ])
    func `a period touches the intervals that share an instant with it`(
        _ start: String,
        _ end: String,
        _ states: [LegalState?]
    ) throws {
        let lifecycle = try lifecycle(["pending": "2020-06-01", "in-force": "2021-01-01"])
        let touched = lifecycle.touched(
            from: try time("\(start)T00:00:00Z"),
            to: try time("\(end)T00:00:00Z")
        )
        let inside = lifecycle.intervals[touched.positions].map(\.state)
        #expect((touched.beginsBefore ? [nil] : []) + inside == states)
    }

    @Test func `the end of the directive ends a prohibition with dates of its own`() throws {
        let own = try lifecycle(["enjoined": "2020-09-27"])
        let directive = try lifecycle(["pending": "2020-08-06", "revoked": "2021-06-09"])
        let both = own.overlaid(by: directive)
        #expect(words(both) == ["enjoined 2020-09-27 2021-06-09", "revoked 2021-06-09 -"])
    }

    @Test func `other states of the directive leave the prohibition's own alone`() throws {
        let own = try lifecycle(["in-force": "2020-09-27"])
        let directive = try lifecycle(["pending": "2020-08-06", "enjoined": "2020-10-01"])
        #expect(own.overlaid(by: directive) == own)
    }

    @Test func `an end before the prohibition's own dates swallows them`() throws {
        let own = try lifecycle(["pending": "2022-01-01", "in-force": "2022-06-01"])
        let directive = try lifecycle(["pending": "2020-08-06", "expired": "2021-06-09"])
        #expect(words(own.overlaid(by: directive)) == ["expired 2021-06-09 -"])
    }

    @Test func `a directive that is renewed gives way to the prohibition's own dates again`() throws
    {
        let own = try lifecycle(["in-force": "2020-09-27", "suspended": "2023-01-01"])
        let directive = try lifecycle([
            "in-force": "2020-08-06", "expired": "2021-06-09", "in-force": "2022-01-01",
        ])
        #expect(
            words(own.overlaid(by: directive)) == [
                "in-force 2020-09-27 2021-06-09", "expired 2021-06-09 2022-01-01",
                "in-force 2022-01-01 2023-01-01", "suspended 2023-01-01 -",
            ]
        )
    }

    @Test(arguments: [
        ("2021-01-05", "America/New_York", "2021-01-05T05:00:00Z"),
        ("2021-06-09", "America/New_York", "2021-06-09T04:00:00Z"),
        ("2020-06-29", "Asia/Kolkata", "2020-06-28T18:30:00Z"),
        ("2020-09-20T23:59:00-04:00", "-04:00", "2020-09-21T03:59:00Z"),
        ("2020-09-20T23:59:00Z", "Z", "2020-09-20T23:59:00Z"),
        ("2020-09-20T23:59:00", "America/New_York", "2020-09-21T03:59:00Z"),
        ("2021-02-19", "UTC", "2021-02-19T00:00:00Z"),
        ("2021-02-19", "+05:30", "2021-02-18T18:30:00Z"),
    ])
    func `a date begins where its authority is`(
        _ words: String,
        _ zone: String,
        _ utc: String
    ) throws {
        let hasOffset = words.contains("Z") || words.hasSuffix(":00-04:00")
        let clock = try #require(LegalClock(zone: hasOffset ? "Asia/Kolkata" : zone))
        let instant = try clock.instant(words).get()
        #expect(instant == LegalInstant(words: words, zone: zone, utc: try time(utc)))
    }

    @Test(arguments: ["New York", "EST", "GMT+5", "", "Europe/Nowhere", "+25:00", "05:30"])
    func `a zone that is not an IANA name or an offset is unknown`(_ zone: String) {
        #expect(LegalClock(zone: zone) == nil)
    }

    private func lifecycle(_ intervals: KeyValuePairs<String, String>) throws -> Lifecycle {
        let clock = try #require(LegalClock(zone: "UTC"))
        let starts = try intervals.map { try clock.instant($0.value).get() }
        return Lifecycle(
            intervals: try intervals.enumerated().map { index, interval in
                LifecycleInterval(
                    state: try #require(LegalState(rawValue: interval.key)),
                    from: starts[index],
                    to: index + 1 < starts.count ? starts[index + 1] : nil,
                    citation: "c"
                )
            }
        )
    }

    private func words(_ lifecycle: Lifecycle) -> [String] {
        lifecycle.intervals.map { "\($0.state.rawValue) \($0.from.words) \($0.to?.words ?? "-")" }
    }

    private func time(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text))
    }
}
