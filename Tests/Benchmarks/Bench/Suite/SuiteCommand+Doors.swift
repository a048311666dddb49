import BenchmarkKit
import Foundation
import TestSupport

/// From the door on: latency, and how fast events come in.
extension SuiteCommand {
    func measureLatency(_ report: inout Report) async throws {
        for interval in ["3ms", "1ms", "10ms"] {
            let broker = try await BrokerRun()
            let run = try await LatencyRun.measure(
                on: broker,
                settings: ["CORDON_SCREENING_COMMIT_INTERVAL": interval]
            )
            report.keep("latency.\(interval).p50", run.p50)
            report.keep("latency.\(interval).p99", run.p99)
            let isDefault = interval == "3ms"
            report.add(
                "request to visible flag, \(run.eventsPerSecond) events/s,"
                    + " commit interval \(interval)\(isDefault ? " (the default)" : "")",
                asked: isDefault ? "p50 ≤ 15 ms, p99 ≤ 50 ms" : "",
                measured: "p50 \(format(run.p50)) ms, p99 \(format(run.p99)) ms,"
                    + " largest \(format(run.largest)) ms",
                isMet: isDefault ? run.p50 <= 15 && run.p99 <= 50 : nil,
                profile: run.profile
            )
        }
    }

    func measureIngest(_ report: inout Report) async throws {
        for (batch, requests, asked) in [(100, 8_000, 400_000.0), (1_000, 1_200, 600_000.0)] {
            let broker = try await BrokerRun()
            let run = try await IngestRun.post(on: broker, batch: batch, requests: requests)
            report.keep("ingest.\(batch).rate", run.rate)
            report.keep("ingest.\(batch).p99", run.p99)
            let bound = batch == 100 ? ", p99 ≤ 30 ms" : ""
            report.add(
                "ingest over HTTP, 16 connections, \(batch) events a request",
                asked: "≥ \(Int(asked))/s\(bound)",
                measured: "\(Int(run.rate))/s, p50 \(format(run.p50)) ms,"
                    + " p99 \(format(run.p99)) ms",
                isMet: run.rate >= asked && (batch != 100 || run.p99 <= 30),
                profile: run.profile
            )
        }
        try await measureLoad(&report)
    }

    private func measureLoad(_ report: inout Report) async throws {
        let files = try EventFiles(count: events / 2, downloadsInTen: 10)
        for _ in 0..<rounds {
            for loader in ["cordon-ingest", "load"] {
                report.keep("load.\(loader)", try await Self.load(files, with: loader))
            }
        }
        let ratio = report.ratio("load.cordon-ingest", to: "load.load", \.rate)
        report.add(
            "`cordon-ingest load` to a loader that looks at nothing",
            asked: "≥ 0.70",
            measured: format(ratio)
                + " (medians: \(Int(report.median("load.cordon-ingest", \.rate)))/s"
                + " to \(Int(report.median("load.load", \.rate)))/s)",
            isMet: ratio >= 0.7,
            profile: report.profile(of: "load.cordon-ingest") + ". The other: "
                + report.profile(of: "load.load")
                + ". Ours checks every event, finds its key and gives every record a header"
        )
    }

    private static func load(_ files: EventFiles, with loader: String) async throws -> Throughput {
        let broker = try await BrokerRun()
        let before = broker.processor
        let clock = ContinuousClock()
        let begin = clock.now
        var usage = ProcessUsage()
        for run in try files.loads(with: loader, onto: broker) {
            let used = try await broker.run(run.program, run.arguments).usage
            usage.processor += used.processor
            usage.peakMemory = max(usage.peakMemory, used.peakMemory)
        }
        return Throughput(
            records: files.count,
            seconds: begin.duration(to: clock.now) / .seconds(1),
            processor: usage.processor,
            peakMemory: usage.peakMemory,
            broker: broker.processor(since: before)
        )
    }
}
