internal import Events
internal import Foundation
internal import Pipeline

/// What counts cost in memory.
package enum CountMemory {
    /// Bytes of the process for each of so many count keys: a year of days, equal shares.
    package static func bytesPerKey(_ keys: Int) -> Double {
        let before = residentBytes()
        var counts = PartitionCounts(startOffset: 0)
        for number in 0..<keys {
            let key = DayCounts.Key(
                app: UInt32(number / 366),
                country: .unknown,
                acquisition: .firstTime
            )
            let day = Day(number: 18_262 + Int32(number % 366))
            precondition(counts.add(1, to: key, on: day, offset: Int64(number)))
            // As after each batch, lest the list of changes is counted too.
            if number % 10_000 == 0 { counts.commit() }
        }
        counts.commit()
        let after = residentBytes()
        precondition(counts.keyCount == keys)
        return Double(after - before) / Double(keys)
    }

    private static func residentBytes() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4_096
    }
}
