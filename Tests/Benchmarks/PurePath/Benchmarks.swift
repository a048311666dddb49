import BanRules
import Benchmark
import BenchmarkKit

/// The pure path in the harness for benchmarks; run it with `swift package benchmark`.
///
/// Wall times tell about this machine and are only reported: what gates is the count of
/// instructions (deploy/instructions).
let benchmarks: @Sendable () -> Void = {
    let tape = EventTape(count: 100_000)
    let rules = try? RuleSet.shipped()
    unsafe Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .throughput, .peakMemoryResident],
        warmupIterations: 1,
        maxDuration: .seconds(10),
        maxIterations: 20
    )

    Benchmark("scan 100,000 events") { _ in
        guard let rules else { return }
        blackHole(BenchmarkKit.PurePath(rules).scan(tape))
    }

    Benchmark("screen 100,000 events and write what they give") { _ in
        guard let rules else { return }
        blackHole(BenchmarkKit.PurePath(rules).screen(tape, batch: 10_000).outcome)
    }
}
