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
        note("more about targets that are not met: Tests/Benchmarks/README.md")
        if let out { try report.write(to: out) }
    }
}
