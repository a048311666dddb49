import Events
import Testing

@testable import Operator

/// Reads what is written with the real scanner and adds it up again from nothing but the lines.
struct GeneratedLinesTests {
    private static let hourly = GeneratedLines(options(.hour))
    private static let single = GeneratedLines(options(.event))

    private static func options(
        _ granularity: StreamGranularity,
        seed: UInt64 = 20_210_105
    ) -> StreamOptions {
        StreamOptions(seed: seed, granularity: granularity, scale: StreamScale(0.001) ?? .full)
    }

    private static func lines(_ granularity: StreamGranularity) -> GeneratedLines {
        granularity == .hour ? hourly : single
    }

    @Test(arguments: StreamGranularity.allCases)
    func `every line is an event of the contract`(granularity: StreamGranularity) {
        let lines = Self.lines(granularity)
        #expect(lines.rejected == [])
        #expect(lines.events.count == lines.truth.recordCount)
    }

    @Test(arguments: StreamGranularity.allCases)
    func `lines are in the order of time`(granularity: StreamGranularity) {
        let times = Self.lines(granularity).events.map(\.time)
        #expect(times == times.sorted())
    }

    @Test(arguments: StreamGranularity.allCases)
    func `a repeat is the same line again, close to the first`(granularity: StreamGranularity) {
        let lines = Self.lines(granularity)
        var places: [String: Int] = [:]
        var repeats = 0
        for (place, event) in lines.events.enumerated() {
            guard let first = places.updateValue(place, forKey: event.identity) else { continue }
            repeats += 1
            #expect(lines.events[first] == event)
            #expect(place - first < 1_000)
        }
        #expect(repeats > 0)
        #expect(repeats == lines.truth.duplicateCount)
    }

    @Test(arguments: StreamGranularity.allCases)
    func `the lines add up to the truth`(granularity: StreamGranularity) {
        let lines = Self.lines(granularity)
        var sums: [String: Int64] = [:]
        for event in lines.distinct where event.type == .appDownload {
            sums["\(event.time.day.year) \(event.feed)", default: 0] += event.units
        }
        var expected: [String: Int64] = [:]
        for row in lines.truth.downloads {
            let feed = GeneratedLines.feed(
                row.store,
                row.appID,
                row.storeAppID,
                row.country,
                row.acquisition
            )
            expected["\(row.year) \(feed)"] = Int64(row.units)
        }
        #expect(sums == expected)
        let payments = lines.events.filter { $0.type == .paymentTransaction }
        #expect(payments.count == lines.truth.payment.records)
        #expect(lines.truth.paymentEvents.values.reduce(0, +) == Set(payments).count)
    }

    @Test(arguments: StreamGranularity.allCases)
    func `the lines give the flags of the truth`(granularity: StreamGranularity) {
        let lines = Self.lines(granularity)
        var flags: [String: Int] = [:]
        for event in lines.distinct {
            guard let flag = event.expectedFlag else { continue }
            flags[flag, default: 0] += 1
        }
        var expected: [String: Int] = [:]
        for (key, count) in lines.truth.flags {
            let words = "\(key.target.id) \(key.act.rawValue) \(key.state.word)"
            expected[words] = count
        }
        #expect(flags == expected)
    }

    @Test func `both granularities count the same each day`() {
        func sums(_ lines: GeneratedLines) -> [String: Int64] {
            lines.distinct.filter { $0.type == .appDownload }.reduce(into: [:]) {
                $0["\($1.time.day) \($1.feed)", default: 0] += $1.units
            }
        }
        #expect(sums(Self.hourly) == sums(Self.single))
        let payments = [Self.hourly, Self.single].map { lines in
            lines.events.filter { $0.type != .appDownload }
        }
        #expect(payments[0] == payments[1])
    }

    @Test func `hourly roll-ups have a period and single downloads have none`() {
        let rollups = Self.hourly.events.filter { $0.type == .appDownload }
        #expect(rollups.allSatisfy { $0.period == .seconds(3600) })
        #expect(rollups.contains { $0.units > 1 })
        let downloads = Self.single.events.filter { $0.type == .appDownload }
        #expect(downloads.allSatisfy { $0.period == nil && ($0.units == 1 || $0.units < 0) })
    }

    @Test func `some of Apple's feeds know an app by its number alone`() {
        let apple = Self.hourly.events.filter { $0.type == .appDownload && $0.store == "apple" }
        #expect(apple.contains { $0.appID == nil && $0.storeAppID == "333206289" })
        #expect(
            apple.contains {
                $0.appID == "com.alipay.iphoneclient" && $0.storeAppID == "333206289"
            }
        )
    }

    @Test func `the same options give the same bytes, another seed gives others`() {
        let again = GeneratedLines.bytes(ReferenceStream(options: Self.options(.hour)))
        let first = Self.hourly.bytes
        let other = GeneratedLines.bytes(ReferenceStream(options: Self.options(.hour, seed: 2)))
        #expect(again == first)
        #expect(other != first)
    }

    /// Seen to change whenever the stream does, and the same on every machine.
    @Test(arguments: [
        (StreamGranularity.hour, 0x7AB6_78FF_F262_7D37 as UInt64), (.event, 0x9613_1801_B609_33D8),
    ])
    func `the bytes are those of the known stream`(
        granularity: StreamGranularity,
        fingerprint: UInt64
    ) {
        let hash = Self.lines(granularity).bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        #expect(hash == fingerprint, "FNV-1a is now \(String(hash, radix: 16))")
    }
}
