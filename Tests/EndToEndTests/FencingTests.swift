import TestSupport
import Testing

extension EndToEnd {
    /// Two processes with one name.
    struct FencingTests {
        @Test(.timeLimit(.minutes(3)))
        func `of two processes with the same identity one ends and names it`() async throws {
            let bench = try await Bench()
            let first = try await bench.screening("twin").ready()
            let second = try bench.screening("twin")
            // A transaction of the second fences the first, whichever of them gets the records.
            var number = 0
            try await waitUntil("one of the two to end", within: .seconds(90)) {
                number += 1
                for partition in 0..<bench.partitions {
                    try await bench.topics.produce(
                        SampleEvents.download(id: "\(number)-\(partition)"),
                        partition: partition,
                        to: "appstore-events"
                    )
                }
                return !first.program.isRunning || !second.program.isRunning
            }
            let ended = first.program.isRunning ? second : first
            let other = first.program.isRunning ? first : second
            #expect(try await ended.program.exitStatus() == 1)
            let identity = bench.topics.name("cordon-screening") + ".twin.0"
            #expect(ended.program.errors.contains(identity))
            #expect(other.program.isRunning)

            try await bench.waitUntilScreened(by: [other])
            let counts = try await bench.topics.records(of: "download-counts").latestCounts
            #expect(counts.values.reduce(0, +) == Int64(number * bench.partitions))
        }
    }
}
