import CoreMetrics
import Testing

@testable import ServiceKit

@Suite struct PrometheusRegistryTests {
    @Test func `counters and gauges with their help, sorted by name and labels`() {
        let registry = PrometheusRegistry()
        registry.describe("b_events_total", "Events that came in,\nwith a \\ and a second line.")
        registry.counter("b_events_total", [("topic", "z")]).increment(by: 3)
        registry.counter("b_events_total", [("topic", "a")]).increment()
        registry.counter("b_events_total", [("topic", "a")]).increment(by: 4)
        registry.meter("a_depth").set(Int64(7))
        registry.meter("a_depth").decrement(by: 0.5)
        #expect(
            registry.exposition() == #"""
                # TYPE a_depth gauge
                a_depth 6.5
                # HELP b_events_total Events that came in,\nwith a \\ and a second line.
                # TYPE b_events_total counter
                b_events_total{topic="a"} 5
                b_events_total{topic="z"} 3

                """#
        )
    }

    @Test func `a histogram is cumulative and ends in infinity`() {
        let registry = PrometheusRegistry()
        registry.describe("wait_seconds", "Waiting.", buckets: [0.1, 1])
        let timer = registry.timer("wait_seconds", [("kind", "x")])
        timer.recordNanoseconds(100_000_000)
        timer.recordNanoseconds(500_000_000)
        timer.recordNanoseconds(2_500_000_000)
        #expect(
            registry.exposition() == #"""
                # HELP wait_seconds Waiting.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{kind="x",le="0.1"} 1
                wait_seconds_bucket{kind="x",le="1"} 2
                wait_seconds_bucket{kind="x",le="+Inf"} 3
                wait_seconds_sum{kind="x"} 3.1
                wait_seconds_count{kind="x"} 3

                """#
        )
    }

    @Test func `label values are escaped and names made legal`() {
        let registry = PrometheusRegistry()
        registry.counter("kafka.lag-total", [("a.b", "x\"y\\z\nend")]).increment()
        #expect(registry.exposition().hasSuffix(#"kafka_lag_total{a_b="x\"y\\z\nend"} 1"# + "\n"))
    }

    @Test func `a name that begins with a digit gets a letter's place before it`() {
        #expect(metricName("5xx_total") == "_5xx_total")
        #expect(metricName("") == "_")
    }

    @Test func `a described metric without a value is not shown`() {
        let registry = PrometheusRegistry()
        registry.describe("nothing_total", "Never made.")
        #expect(registry.exposition().isEmpty)
    }

    @Test func `a destroyed metric is gone, its family's others stay`() {
        let registry = PrometheusRegistry()
        let gone = registry.meter("lag", [("partition", "0")])
        registry.meter("lag", [("partition", "1")]).set(Int64(2))
        gone.set(Int64(1))
        gone.destroy()
        #expect(registry.exposition() == "# TYPE lag gauge\nlag{partition=\"1\"} 2\n")
    }

    @Test func `collectors run before each exposition`() {
        let registry = PrometheusRegistry()
        let counter = registry.counter("scrapes_total")
        registry.onScrape { counter.increment() }
        _ = registry.exposition()
        #expect(registry.exposition().hasSuffix("scrapes_total 2\n"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `nothing is lost when many tasks record at once`() async {
        let registry = PrometheusRegistry()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let counter = registry.counter("many_total")
                    let fractions = registry.makeFloatingPointCounter(
                        label: "fractions_total",
                        dimensions: []
                    )
                    for _ in 0..<1_000 {
                        counter.increment()
                        fractions.increment(by: 0.5)
                    }
                }
            }
        }
        let text = registry.exposition()
        #expect(text.contains("\nmany_total 8000\n"))
        #expect(text.contains("\nfractions_total 4000\n"))
    }

    @Test(arguments: [
        (0.0, "0"), (-2.0, "-2"), (0.005, "0.005"), (1e21, "1e+21"), (.infinity, "+Inf"),
        (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
    func `numbers as Prometheus reads them`(value: Double, text: String) {
        #expect(numberText(value) == text)
    }
}
