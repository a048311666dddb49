import ArgumentParser
import BanRules
import BenchmarkKit
import Events
import Foundation

/// All measurements, one after the other, and the table of targets.
struct SuiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suite",
        abstract: "Measure everything; run it through deploy/bench."
    )

    /// What can be measured alone.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case pure, growth, screening, payments, partitions, workers, latency, ingest
    }

    @Option(help: "Events of a run through a broker.")
    var events = 1_000_000

    @Option(help: "Runs of each program, in turn; medians are told.")
    var rounds = 3

    @Option(help: "Measure this part only; may be given more than once.")
    var only: [Part] = []

    @Option(help: "Where to write the figures as JSON.")
    var out: String?

    func run() async throws {
        var report = Report()
        print("| what | asked | measured | |\n|---|---|---|---|")
        for part in only.isEmpty ? Part.allCases : only {
            note("--- \(part)")
            switch part {
            case .pure: try await measurePurePath(&report)
            case .growth: try await measureGrowth(&report)
            case .screening: try await measureScreening(&report)
            case .payments: try await measurePayments(&report)
            case .partitions: try await measurePartitions(&report)
            case .workers: try await measureWorkers(&report)
            case .latency: try await measureLatency(&report)
            case .ingest: try await measureIngest(&report)
            }
        }
        note("why a target is not met: Tests/Benchmarks/README.md")
        if let out { try report.write(to: out) }
    }

    // MARK: - Without a broker

    private func measurePurePath(_ report: inout Report) async throws {
        let files = try EventFiles(count: 300_000)
        let dom = try await Self.dom(files)
        let tape = EventTape(count: 300_000)
        let figures = PurePath(try .shipped()).best(of: 5, tape)
        let (scan, screen, write) = (figures.scan, figures.screen, figures.write)
        report.keep("pure.scan.ns", scan)
        report.keep("pure.screen.ns", screen)
        report.keep("pure.write.ns", write)
        report.keep("pure.dom.ns", dom)
        report.add(
            "validated scan against simdjson's DOM parse",
            asked: "≥ 1.0",
            measured: "\(format(dom / scan)) (\(Int(scan)) ns to \(Int(dom)) ns an event)",
            isMet: scan <= dom
        )
        report.add(
            "pure path, bytes to counts, one core",
            asked: "≥ 3.0 M/s",
            measured: "\(format(1e3 / screen)) M/s (\(Int(screen)) ns; JSON of counts and journal"
                + " \(Int(write)) ns more)",
            isMet: 1e3 / screen >= 3
        )
    }

    private static func dom(_ files: EventFiles) async throws -> Double {
        struct Line: Decodable { var nanoseconds_per_event: Double }
        let program = try Yardsticks.path("dom")
        let output = try await runToEnd(program, files.files.map(\.path))
        return try JSONDecoder().decode(Line.self, from: Data(output.utf8)).nanoseconds_per_event
    }

    private func measureGrowth(_ report: inout Report) async throws {
        let tape = EventTape(count: 200_000)
        var times: [Int: Double] = [:]
        for count in [10, 1_000, 100_000] {
            let rules = try RuleSet(ManyTargets.directive(targets: count))
            times[count] = PurePath(rules).best(of: 3, tape).screen
            note("\(count) targets: \(Int(times[count] ?? 0)) ns an event")
            report.keep("growth.targets.\(count).ns", times[count] ?? 0)
        }
        let targets = (times[100_000] ?? 0) / (times[10] ?? 1)
        report.add(
            "time of an event, 100,000 targets to 10",
            asked: "≤ 1.10",
            measured: format(targets),
            isMet: targets <= 1.1
        )
        let one = PurePath(try RuleSet(ManyTargets.shippedDirectives(1))).best(of: 3, tape).screen
        let six = PurePath(try RuleSet(ManyTargets.shippedDirectives(6))).best(of: 3, tape).screen
        report.keep("growth.directives.1.ns", one)
        report.keep("growth.directives.6.ns", six)
        report.add(
            "time of an event, 6 directives to 1",
            asked: "≤ 1.10",
            measured: format(six / one),
            isMet: six / one <= 1.1
        )
        for keys in [250_000, 500_000, 1_000_000] {
            let told = try await runToEnd("Bench", ["memory", "\(keys)"])
            let bytes = Double(told.filter { !$0.isWhitespace }) ?? .nan
            report.keep("growth.bytesPerCountKey.\(keys)", bytes)
            report.add(
                "memory for a count key, \(keys) keys",
                asked: "≤ 64 bytes",
                measured: format(bytes),
                isMet: bytes <= 64
            )
        }
    }

    // MARK: - Through a broker

    private func measureScreening(_ report: inout Report) async throws {
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
            isMet: rate >= 1.2
        )
        let processor = report.ratio("screening", to: "job", \.processor)
        report.add(
            "screening's processor time to that of `job`",
            asked: "≤ 1.00",
            measured: "\(format(processor)) (\(format(report.median("screening", \.processor))) s"
                + " to \(format(report.median("job", \.processor))) s)",
            isMet: processor <= 1
        )
        let memory = report.median("screening") { Double($0.peakMemory) } / 1_048_576
        report.add(
            "screening's peak memory",
            asked: "≤ 510 MB",
            measured: "\(Int(memory)) MB (floor"
                + " \(Int(report.median("floor") { Double($0.peakMemory) } / 1_048_576)) MB)",
            isMet: memory <= 510
        )
    }

    private func measurePayments(_ report: inout Report) async throws {
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
            isMet: rate >= 0.6
        )
    }

    private func measurePartitions(_ report: inout Report) async throws {
        let what = "screening's rate, 64 partitions to 1"
        guard BrokerRun.isCluster else {
            report.add(
                what,
                asked: "≥ 0.90",
                measured: "on a cluster only: the development broker sends all partitions at once",
                isMet: nil
            )
            return
        }
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
        report.add(what, asked: "≥ 0.90", measured: format(ratio), isMet: ratio >= 0.9)
    }

    private func measureWorkers(_ report: inout Report) async throws {
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
            isMet: cores >= 6 ? ratio >= 1.7 : nil
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

    private func measureLatency(_ report: inout Report) async throws {
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
                isMet: isDefault ? run.p50 <= 15 && run.p99 <= 50 : nil
            )
        }
    }

    private func measureIngest(_ report: inout Report) async throws {
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
                isMet: run.rate >= asked && (batch != 100 || run.p99 <= 30)
            )
        }
        let files = try EventFiles(count: events / 2, downloadsInTen: 10)
        var ratios: [Double] = []
        for _ in 0..<rounds {
            let ours = try await Self.load(files, with: "cordon-ingest")
            let theirs = try await Self.load(files, with: "load")
            note("load: \(Int(ours))/s, yardstick \(Int(theirs))/s")
            ratios.append(ours / theirs)
        }
        let ratio = Report.median(ratios)
        report.keep("ingest.load.ratio", ratio)
        report.add(
            "`cordon-ingest load` to a loader that looks at nothing",
            asked: "≥ 0.70",
            measured: format(ratio),
            isMet: ratio >= 0.7
        )
    }

    private static func load(_ files: EventFiles, with loader: String) async throws -> Double {
        let broker = try await BrokerRun()
        let clock = ContinuousClock()
        let begin = clock.now
        if loader == "load" {
            try await files.load(onto: broker)
        } else {
            try await broker.run(
                "cordon-ingest",
                ["load"] + files.files.map(\.path)
            )
        }
        return Double(files.count) / (begin.duration(to: clock.now) / .seconds(1))
    }
}
