import Events
import Foundation
import TestSupport

/// How fast a program goes through topics that are full already.
struct Throughput: Codable {
    var records: Int
    var seconds: Double
    var processor: Double
    var peakMemory: Int
    /// Processor seconds of a worker's thread by stage, if the program tells.
    var stages: [String: Double] = [:]
    /// How many transactions there were, and the seconds that their ends took.
    var transactions = 0
    var committing = 0.0
    /// Processor seconds that the development broker needed meanwhile.
    var broker: Double?

    var rate: Double { Double(records) / seconds }

    /// A yardstick, which prints what it measured from the first record on.
    static func yardstick(
        _ name: String,
        on broker: BrokerRun,
        _ arguments: [String],
        records: Int
    ) async throws -> Throughput {
        let before = broker.processor
        let finished = try await broker.run(
            try Yardsticks.path(name),
            [broker.servers] + arguments
        )
        let told = try Yardsticks.Line(finished.output)
        return Throughput(
            records: records,
            seconds: told.seconds,
            processor: finished.usage.processor,
            peakMemory: finished.usage.peakMemory,
            broker: broker.processor(since: before)
        )
    }

    /// Screening, from the first records it took to the last commit.
    ///
    /// The beginning is seen up to 5 ms late, and after the first batch was taken, the end up to
    /// 20 ms late; a run takes seconds.
    static func screening(
        on broker: BrokerRun,
        records: Int,
        settings: [String: String] = [:]
    ) async throws -> Throughput {
        let before = broker.processor
        let service = try await Service("cordon-screening", broker, settings: settings)
        let clock = ContinuousClock()
        try await waitUntil("records come", within: .seconds(60), every: .milliseconds(5)) {
            try service.metric(polled) > 0
        }
        let first = clock.now
        try await waitUntil(
            "\(records) records are screened",
            within: .seconds(300),
            every: .milliseconds(20)
        ) {
            try Int(service.metric(received)) >= records
        }
        let time = first.duration(to: clock.now)
        let usage = service.usage
        let needed = broker.processor(since: before)
        var stages: [String: Double] = [:]
        for stage in ["poll", "screen", "write", "send", "commit"] {
            stages[stage] = try service.metric(
                "cordon_screening_stage_cpu_seconds_sum",
                where: "stage=\"\(stage)\""
            )
        }
        let transactions = try service.metric("cordon_screening_transactions_committed_total")
        let committing = try service.metric("cordon_screening_transaction_duration_seconds_sum")
        try await service.stop()
        return Throughput(
            records: records,
            seconds: time / .seconds(1),
            processor: usage.processor,
            peakMemory: usage.peakMemory,
            stages: stages,
            transactions: Int(transactions),
            committing: committing,
            broker: needed
        )
    }

    private static let polled = "cordon_screening_records_polled_total"
    private static let received = "cordon_screening_records_received_total"
}

/// The native programs beside which ours are measured.
enum Yardsticks {
    /// What one prints at its end.
    struct Line: Decodable {
        var seconds: Double

        init(_ text: String) throws {
            self = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
        }
    }

    static func path(_ name: String) throws -> String {
        guard let folder = ProcessInfo.processInfo.environment["CORDON_BENCH_YARDSTICKS"] else {
            throw BenchFailure("run it through deploy/bench, which builds the yardsticks")
        }
        return folder + "/" + name
    }
}

/// Runs a program that needs no broker and returns what it printed.
func runToEnd(_ name: String, _ arguments: [String]) async throws -> String {
    let program = try Program(name, arguments)
    let status = try await program.exitStatus(within: .seconds(300))
    guard status == 0 else {
        throw BenchFailure("\(name) ended with \(status): \(program.errors.suffix(1_000))")
    }
    return program.output
}
