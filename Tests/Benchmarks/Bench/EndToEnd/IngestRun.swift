import BenchmarkKit
import Foundation
import TestSupport

/// How fast events come in: over HTTP on many connections, and from a file.
enum IngestRun {
    struct Posting: Codable {
        var events: Int
        var seconds: Double
        /// Milliseconds from sending a request to its answer.
        var p50: Double
        var p99: Double
        /// Where the processor time went.
        var profile = ""

        var rate: Double { Double(events) / seconds }
    }

    /// Posts batches on all connections at once, each sending its next one after the answer.
    static func post(
        on broker: BrokerRun,
        batch: Int,
        connections: Int = 16,
        requests: Int
    ) async throws -> Posting {
        let service = try await Service("cordon-ingest", broker)
        try await waitUntil("ingest is ready") {
            (try? HTTPConnection(port: service.port).get("/readyz")) != nil
        }
        let request = HTTPConnection.request(posting: body(of: batch))
        let clock = ContinuousClock()
        // One round for nothing, so that clients and threads are there.
        _ = try await post(request, connections, connections, service.port)
        let shares = ProcessorShares([("cordon-ingest", service)], broker)
        let begin = clock.now
        let times = try await post(request, requests, connections, service.port).sorted()
        let time = begin.duration(to: clock.now)
        let profile = shares.profile(of: time)
        try await service.stop()
        return Posting(
            events: requests * batch,
            seconds: time / .seconds(1),
            p50: times[times.count / 2],
            p99: times[times.count * 99 / 100],
            profile: profile
        )
    }

    private static func post(
        _ request: [UInt8],
        _ requests: Int,
        _ connections: Int,
        _ port: Int
    ) async throws -> [Double] {
        try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<connections {
                group.addTask {
                    // A thread of its own: it blocks in the socket's calls.
                    try await onThread {
                        let connection = try HTTPConnection(port: port)
                        let clock = ContinuousClock()
                        var times: [Double] = []
                        for _ in 0..<max(1, requests / connections) {
                            let begin = clock.now
                            let answer = try connection.exchange(request)
                            guard answer.status == 202 else {
                                throw BenchFailure("the door said \(answer.status)")
                            }
                            times.append(begin.duration(to: clock.now) / .milliseconds(1))
                        }
                        return times
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func body(of count: Int) -> [UInt8] {
        var mix = EventMix(count: count)
        var body = Array("[".utf8)
        while let event = mix.next() {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            body += event.json
        }
        return body + Array("]".utf8)
    }
}

/// Runs what blocks on a thread of its own.
func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result(catching: body)) }.start()
    }
}
