import BenchmarkKit
import Events
import Foundation

/// Screening through a broker.
extension SuiteCommand {
    func measureScreening(_ report: inout Report) async throws {
        let files = try EventFiles(count: events)
        for _ in 0..<rounds {
            for name in ["floor", "job", "screening"] {
                report.keep(name, try await Self.measure(name, files))
            }
        }
        let rate = report.ratio("screening", to: "job", \.rate)
        report.add(
            "screening's rate, exactly once, to `job` in C++ (\(files.count) events)",
            asked: "≥ 1.20",
            measured: "\(format(rate)) (medians: \(Int(report.median("screening", \.rate)))/s"
                + " to \(Int(report.median("job", \.rate)))/s)",
            isMet: rate >= 1.2,
            profile: report.profile(of: "screening") + ". `job`: " + report.profile(of: "job")
                + ". Where service and broker fill the cores, only work can be saved: ours writes"
                + " more and longer counts, with all dimensions, and a journal of every event"
        )
        let memory = report.median("screening") { Double($0.peakMemory) } / 1_048_576
        let processor = report.ratio("screening", to: "job", \.processor)
        report.add(
            "screening's processor time to that of `job`",
            asked: "≤ 1.00",
            measured: "\(format(processor)) (\(format(report.median("screening", \.processor))) s"
                + " to \(format(report.median("job", \.processor))) s)",
            isMet: processor <= 1,
            profile: "profile above; what is not the worker's is the client's: memory for what"
                + " comes (\(Int(memory)) MB, page by page), and compressing what goes, which"
                + " `job` does not"
        )
        report.add(
            "screening's peak memory",
            asked: "≤ 510 MB",
            measured: "\(Int(memory)) MB (floor"
                + " \(Int(report.median("floor") { Double($0.peakMemory) } / 1_048_576)) MB)",
            isMet: memory <= 510,
            profile: BrokerRun.isCluster
                ? report.profile(of: "screening")
                : "records that wait: the development broker heeds no limit on a fetch and sends"
                    + " all there is; `job` holds"
                    + " \(Int(report.median("job") { Double($0.peakMemory) } / 1_048_576)) MB"
        )
    }

    func measurePayments(_ report: inout Report) async throws {
        let files = try EventFiles(count: events, downloadsInTen: 0)
        for _ in 0..<rounds {
            for name in ["floor", "screening"] {
                report.keep("\(name).payments", try await Self.measure(name, files))
            }
        }
        let rate = report.ratio("screening.payments", to: "floor.payments", \.rate)
        report.add(
            "screening's rate to `floor`, payments only",
            asked: "≥ 0.60",
            measured: "\(format(rate))"
                + " (medians: \(Int(report.median("screening.payments", \.rate)))/s"
                + " to \(Int(report.median("floor.payments", \.rate)))/s)",
            isMet: rate >= 0.6,
            profile: report.profile(of: "screening.payments") + ". `floor`: "
                + report.profile(of: "floor.payments")
        )
    }

    func measurePartitions(_ report: inout Report) async throws {
        let what = "screening's rate, 64 partitions to 1"
        let files = try EventFiles(count: events)
        for _ in 0..<rounds {
            for partitions in [1, 64] {
                let broker = try await BrokerRun(partitions: partitions)
                try await files.load(onto: broker, partitions: partitions)
                report.keep(
                    "partitions.\(partitions)",
                    try await Throughput.screening(on: broker, records: files.count)
                )
            }
        }
        let ratio = report.ratio("partitions.64", to: "partitions.1", \.rate)
        report.add(
            BrokerRun.isCluster ? what : what + ", on the development broker",
            asked: "≥ 0.90",
            measured: format(ratio),
            isMet: ratio >= 0.9,
            profile: "64: " + report.profile(of: "partitions.64") + ". 1: "
                + report.profile(of: "partitions.1")
        )
    }

    func measureWorkers(_ report: inout Report) async throws {
        let files = try EventFiles(count: events)
        for _ in 0..<rounds {
            for workers in [1, 2] {
                let broker = try await BrokerRun()
                try await files.load(onto: broker)
                report.keep(
                    "workers.\(workers)",
                    try await Throughput.screening(
                        on: broker,
                        records: files.count,
                        settings: ["CORDON_SCREENING_WORKERS": "\(workers)"]
                    )
                )
            }
        }
        let ratio = report.ratio("workers.2", to: "workers.1", \.rate)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        report.add(
            "two workers to one, \(cores) cores with the broker",
            asked: cores >= 6 ? "≥ 1.70" : "(≥ 1.70 with four free cores)",
            measured: format(ratio),
            isMet: cores >= 6 ? ratio >= 1.7 : nil,
            profile: report.profile(of: "workers.2")
        )
    }

    private static func measure(_ name: String, _ files: EventFiles) async throws -> Throughput {
        let broker = try await BrokerRun()
        try await files.load(onto: broker)
        switch name {
        case "floor":
            let topics = files.files.map { broker.prefix + $0.topic.name }
            return try await Throughput.yardstick(
                "floor",
                on: broker,
                ["\(files.count)"] + topics,
                records: files.count
            )
        case "job":
            return try await Throughput.yardstick(
                "job",
                on: broker,
                [broker.prefix, "\(files.count)"],
                records: files.count
            )
        default:
            return try await Throughput.screening(on: broker, records: files.count)
        }
    }
}
