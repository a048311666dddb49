import BenchmarkKit
import Dispatch
import Events
import Foundation
import Kafka
import Logging
import TestSupport

/// From the HTTP request to the flag that a reader of committed records sees, at a steady rate.
struct LatencyRun: Codable {
    var eventsPerSecond: Int
    var flags: Int
    /// Milliseconds.
    var p50: Double
    var p99: Double
    var largest: Double
    /// Where the processor time went.
    var profile: String

    private static let tick = Duration.milliseconds(10)

    /// Measures for so many seconds, after two that do not count.
    static func measure(
        on broker: BrokerRun,
        eventsPerSecond: Int = 20_000,
        seconds: Int = 10,
        settings: [String: String] = [:]
    ) async throws -> LatencyRun {
        let ingest = try await Service("cordon-ingest", broker)
        let screening = try await Service("cordon-screening", broker, settings: settings)
        for service in [ingest, screening] {
            try await waitUntil("services are ready", within: .seconds(60)) {
                (try? HTTPConnection(port: service.port).get("/readyz")) != nil
            }
        }
        let services = [("cordon-ingest", ingest), ("cordon-screening", screening)]
        let shares = ProcessorShares(services, broker)
        let ticks = (seconds + 2) * 100
        let sender = PacedSender(ticks: ticks, eventsPerTick: eventsPerSecond / 100)
        let watcher = try FlagWatcher(broker)
        let port = ingest.port
        async let sent: [ContinuousClock.Instant] = sender.run(port: port)
        let seen = try await onThread { try watcher.run(flags: ticks) }
        let begun = try await sent
        let profile = shares.profile(of: .seconds(seconds + 2))
        try await ingest.stop()
        try await screening.stop()
        let waits = seen.filter { $0.key >= 200 }
            .map { begun[$0.key].duration(to: $0.value) / .milliseconds(1) }.sorted()
        guard let largest = waits.last else { throw BenchFailure("no flag came") }
        return LatencyRun(
            eventsPerSecond: eventsPerSecond,
            flags: waits.count,
            p50: waits[waits.count / 2],
            p99: waits[waits.count * 99 / 100],
            largest: largest,
            profile: profile
        )
    }

    /// Sends one request at each tick of a hundred a second; several connections take turns, so
    /// that a late answer holds nothing up.
    private struct PacedSender: Sendable {
        var ticks: Int
        var eventsPerTick: Int

        private static let connections = 4

        /// When each request was due; late sending counts as waiting.
        func run(port: Int) async throws -> [ContinuousClock.Instant] {
            let requests = (0..<ticks).map { HTTPConnection.request(posting: body(tick: $0)) }
            let begin = ContinuousClock.now + .milliseconds(100)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for first in 0..<Self.connections {
                    group.addTask {
                        try await onThread {
                            let connection = try HTTPConnection(port: port)
                            for tick in stride(from: first, to: ticks, by: Self.connections) {
                                Self.wait(until: begin + LatencyRun.tick * tick)
                                let answer = try connection.exchange(requests[tick])
                                guard answer.status == 202 else {
                                    throw BenchFailure("the door said \(answer.status)")
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            return (0..<ticks).map { begin + LatencyRun.tick * $0 }
        }

        /// A metronome: nobody ever signals it.
        private static func wait(until instant: ContinuousClock.Instant) {
            let left = ContinuousClock.now.duration(to: instant) / .nanoseconds(1)
            guard left > 0 else { return }
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .nanoseconds(Int(left)))
        }

        /// Events of which the first one is about Alipay and says in its id when it was sent.
        private func body(tick: Int) -> [UInt8] {
            var mix = EventMix(count: eventsPerTick, seed: UInt64(tick) + 1)
            var body = Array("[".utf8)
            body += Array(
                """
                {"specversion":"1.0","id":"tick-\(tick)","source":"bench",\
                "type":"cordon.app.download","time":"2021-01-20T12:00:00Z",\
                "data":{"store":"google","appId":"com.eg.android.AlipayGphone","country":"US"}}
                """.utf8
            )
            for _ in 1..<eventsPerTick {
                guard let event = mix.next() else { break }
                body.append(UInt8(ascii: ","))
                body += event.json
            }
            return body + Array("]".utf8)
        }
    }

    /// Reads flags as they become visible.
    private struct FlagWatcher: Sendable {
        var configuration: KafkaConfiguration
        var topic: String

        init(_ broker: BrokerRun) throws {
            configuration = try KafkaConfiguration(environment: broker.environment)
            topic = broker.prefix + "flagged-transactions"
        }

        /// When the flag of each tick was seen.
        func run(flags: Int) throws -> [Int: ContinuousClock.Instant] {
            let clock = ContinuousClock()
            let reader = try KafkaReader(configuration, logger: Logger(label: "bench"))
            defer { reader.close() }
            let partitions = try reader.partitionCount(topic, timeLimit: .seconds(10))
            try reader.assign(
                (0..<partitions).map {
                    (TopicPartition(topic: topic, partition: Int32($0)), .earliest)
                }
            )
            var seen: [Int: ContinuousClock.Instant] = [:]
            let end = clock.now + .seconds(120)
            while seen.count < flags, clock.now < end {
                let batch = try reader.poll(recordLimit: 1_000, wait: .milliseconds(100))
                let now = clock.now
                for index in 0..<batch.count {
                    let id = batch.withRecord(at: index) { _, _, value in
                        (try? Flag(value: value))?.origin.id ?? ""
                    }
                    if id.hasPrefix("tick-"), let tick = Int(id.dropFirst(5)), seen[tick] == nil {
                        seen[tick] = now
                    }
                }
            }
            guard seen.count == flags else {
                throw BenchFailure("\(seen.count) of \(flags) flags came within two minutes")
            }
            return seen
        }
    }
}
