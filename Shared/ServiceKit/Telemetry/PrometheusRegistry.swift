public import CoreMetrics
import Synchronization

/// All metrics of the process: a backend of swift-metrics that Prometheus can read.
///
/// Counters, meters, gauges (recorders that do not aggregate) and histograms (recorders that do,
/// and timers, which are in seconds). Making a metric takes a lock; recording takes an atomic
/// operation, a histogram a short lock. The same name and labels give the same metric. Characters
/// Prometheus does not allow in a name become `_`. Safe from any thread.
public final class PrometheusRegistry: MetricsFactory, Sendable {
    /// The media type of ``exposition()``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The upper bounds of a histogram's buckets unless described otherwise, in seconds for timers.
    public static let defaultBuckets: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private struct State {
        var families: [String: MetricFamily] = [:]
        var collectors: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// A registry without metrics.
    public init() {}

    /// Says what a metric means; call it before the metric is made if it has buckets of its own.
    ///
    /// - Parameters:
    ///   - help: one sentence, shown beside the metric.
    ///   - buckets: ascending upper bounds, without infinity; only histograms have any.
    public func describe(_ name: String, _ help: String, buckets: [Double]? = nil) {
        state.withLock { state in
            state.families[metricName(name), default: MetricFamily()].describe(help, buckets)
        }
    }

    /// Runs a body before each exposition, for figures that are cheaper to ask for than to keep.
    public func onScrape(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.collectors.append(body) }
    }

    /// Everything recorded so far in Prometheus' text format 0.0.4, sorted by name.
    public func exposition() -> String {
        let collectors = state.withLock { $0.collectors }
        for collect in collectors { collect() }
        let families = state.withLock { $0.families }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            family.write(name: name, to: &text)
        }
        return text
    }

    fileprivate func series<Handler: MetricSeries>(
        _ label: String,
        _ dimensions: [(String, String)],
        make: ([Double]) -> Handler
    ) -> Handler {
        let name = metricName(label)
        let labels = labelText(dimensions)
        return state.withLock { state in
            state.families[name, default: MetricFamily()].series(labels, of: name, make: make)
        }
    }

    fileprivate func remove(_ handler: AnyObject) {
        state.withLock { state in
            for name in state.families.keys { state.families[name]?.remove(handler) }
        }
    }
}

extension PrometheusRegistry {
    /// A counter under a name that ends in `_total`.
    public func counter(_ name: String, _ labels: [(String, String)] = []) -> Counter {
        Counter(label: name, dimensions: labels, factory: self)
    }

    /// A value that goes up and down.
    public func meter(_ name: String, _ labels: [(String, String)] = []) -> Meter {
        Meter(label: name, dimensions: labels, factory: self)
    }

    /// A histogram of durations under a name that ends in `_seconds`.
    public func timer(_ name: String, _ labels: [(String, String)] = []) -> CoreMetrics.Timer {
        CoreMetrics.Timer(label: name, dimensions: labels, factory: self)
    }

    /// A histogram of values such as batch sizes.
    public func histogram(_ name: String, _ labels: [(String, String)] = []) -> Recorder {
        Recorder(label: name, dimensions: labels, aggregate: true, factory: self)
    }
}

/// What swift-metrics asks of a backend.
extension PrometheusRegistry {
    /// Makes or finds a counter.
    public func makeCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any CounterHandler {
        series(label, dimensions) { _ in IntegerCounter() }
    }

    /// Makes or finds a counter of fractions.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions) { _ in FractionCounter() }
    }

    /// Makes or finds a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions) { _ in GaugeSeries() }
    }

    /// Makes or finds a histogram, or a gauge when nothing is to be aggregated.
    public func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(label, dimensions) { _ in GaugeSeries() } }
        return series(label, dimensions) { HistogramSeries(bounds: $0) }
    }

    /// Makes or finds a histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions) { HistogramSeries(bounds: $0) }
    }

    /// Forgets a counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Forgets a counter of fractions.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
        remove(handler)
    }

    /// Forgets a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Forgets a histogram or gauge.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Forgets a histogram.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
