import Events
import Testing

@testable import Pipeline

@Suite struct PartitionCountsTests {
    private let key = DayCounts.Key(app: 1, country: .unknown, acquisition: .firstTime)
    private let day = Day(number: 18_262)

    @Test func `units of one key add up and name the last offset`() {
        var counts = PartitionCounts(startOffset: 100)
        #expect(add(&counts, 2, to: key, on: day, offset: 100))
        #expect(add(&counts, 3, to: key, on: day, offset: 105))
        let changes = changes(of: &counts)
        #expect(changes.map(\.count) == [5])
        #expect(changes.map(\.throughOffset) == [105])
        #expect(changes.map(\.segment) == [100])
    }

    @Test func `a committed change is not written again until it changes again`() {
        var counts = PartitionCounts(startOffset: 0)
        _ = counts.add(2, to: key, on: day, offset: 0)
        counts.commit()
        #expect(changes(of: &counts).isEmpty)
        _ = counts.add(1, to: key, on: day, offset: 1)
        #expect(changes(of: &counts).map(\.count) == [3])
    }

    @Test func `each round shows what changed in it and a rollback takes all rounds back`() {
        let other = DayCounts.Key(app: 2, country: .unknown, acquisition: .firstTime)
        var counts = PartitionCounts(startOffset: 0)
        _ = counts.add(1, to: key, on: day, offset: 0)
        counts.commit()
        _ = counts.add(2, to: key, on: day, offset: 1)
        #expect(changes(of: &counts).map(\.count) == [3])
        _ = counts.add(4, to: other, on: day, offset: 2)
        _ = counts.add(8, to: key, on: day, offset: 3)
        #expect(changes(of: &counts).map(\.count) == [4, 11])
        #expect(changes(of: &counts).isEmpty)
        counts.rollback()
        _ = counts.add(16, to: key, on: day, offset: 1)
        _ = counts.add(32, to: other, on: day, offset: 2)
        #expect(changes(of: &counts).map(\.count) == [17, 32])
    }

    @Test func `a rolled back batch leaves the figures of the last commit`() {
        var counts = PartitionCounts(startOffset: 0)
        _ = counts.add(2, to: key, on: day, offset: 0)
        counts.commit()
        _ = counts.add(5, to: key, on: day, offset: 1)
        _ = counts.add(5, to: key, on: day, offset: 2)
        counts.rollback()
        #expect(changes(of: &counts).isEmpty)
        _ = counts.add(1, to: key, on: day, offset: 1)
        #expect(changes(of: &counts).map(\.count) == [3])
    }

    @Test func `a sum beyond 64 bits is refused and changes nothing`() {
        var counts = PartitionCounts(startOffset: 0)
        #expect(add(&counts, .max, to: key, on: day, offset: 0))
        #expect(!add(&counts, 1, to: key, on: day, offset: 1))
        #expect(changes(of: &counts).map(\.count) == [.max])
    }

    @Test func `a late event for an evicted day opens a segment at its own offset`() {
        var counts = PartitionCounts(startOffset: 10)
        _ = counts.add(1, to: key, on: day, offset: 10)
        counts.commit()
        counts.evict(downTo: 0)
        #expect(counts.keyCount == 0)
        _ = counts.add(1, to: key, on: day, offset: 77)
        _ = counts.add(1, to: key, on: Day(number: day.number + 1), offset: 78)
        #expect(changes(of: &counts).map(\.segment) == [77, 10])
    }

    @Test func `eviction takes the days touched longest ago`() {
        var counts = PartitionCounts(startOffset: 0)
        for offset in 0..<10 {
            _ = counts.add(1, to: key, on: Day(number: Int32(offset)), offset: Int64(offset))
            counts.commit()
        }
        _ = counts.add(1, to: key, on: Day(number: 0), offset: 10)
        counts.commit()
        counts.evict(downTo: 2)
        #expect(counts.keyCount == 2)
        for number: Int32 in [0, 9, 1] {
            _ = counts.add(1, to: key, on: Day(number: number), offset: 11)
        }
        #expect(changes(of: &counts).map(\.segment) == [0, 0, 11])
    }

    @Test func `many keys of a day stay apart`() {
        var counts = PartitionCounts(startOffset: 0)
        for round in 0..<2 {
            for app in 0..<5_000 {
                let key = DayCounts.Key(
                    app: UInt32(app),
                    country: .unknown,
                    acquisition: .update
                )
                _ = counts.add(Int64(app), to: key, on: day, offset: Int64(round))
            }
        }
        let changes = changes(of: &counts)
        #expect(changes.count == 5_000)
        #expect(changes.allSatisfy { $0.count == 2 * Int64($0.key.app) })
    }

    private func add(
        _ counts: inout PartitionCounts,
        _ units: Int64,
        to key: DayCounts.Key,
        on day: Day,
        offset: Int64
    ) -> Bool {
        counts.add(units, to: key, on: day, offset: offset)
    }

    private func changes(of counts: inout PartitionCounts) -> [PartitionCounts.ChangedCount] {
        let changes = counts.newChanges.map(counts.change)
        counts.endRound()
        return changes
    }
}
