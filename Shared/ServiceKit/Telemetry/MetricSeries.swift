import CoreMetrics
import Synchronization

/// One metric with one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// Prometheus' word for it.
    var kind: String { get }

    func write(name: String, labels: String, to text: inout String)
}

/// Counts whole things.
final class IntegerCounter: MetricSeries, CounterHandler {
    private let value = Atomic<Int64>(0)

    var kind: String { "counter" }

    func increment(by amount: Int64) { value.add(amount, ordering: .relaxed) }

    func reset() { value.store(0, ordering: .relaxed) }

    func write(name: String, labels: String, to text: inout String) {
        text += sample(name, labels, "\(value.load(ordering: .relaxed))")
    }
}

/// Counts what comes in fractions, such as seconds.
final class FractionCounter: MetricSeries, FloatingPointCounterHandler {
    private let value = AtomicDouble()

    var kind: String { "counter" }

    func increment(by amount: Double) { value.add(amount) }

    func reset() { value.set(0) }

    func write(name: String, labels: String, to text: inout String) {
        text += sample(name, labels, numberText(value.current))
    }
}

/// Holds the latest value.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let value = AtomicDouble()

    var kind: String { "gauge" }

    func set(_ value: Int64) { self.value.set(Double(value)) }

    func set(_ value: Double) { self.value.set(value) }

    func increment(by amount: Double) { value.add(amount) }

    func decrement(by amount: Double) { value.add(-amount) }

    func record(_ value: Int64) { set(value) }

    func record(_ value: Double) { set(value) }

    func write(name: String, labels: String, to text: inout String) {
        text += sample(name, labels, numberText(value.current))
    }
}

/// Sorts values into buckets.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    private struct State {
        var counts: [UInt64]
        var sum: Double = 0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        precondition(bounds == bounds.sorted(), "the bounds of buckets ascend")
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var kind: String { "histogram" }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func write(name: String, labels: String, to text: inout String) {
        let state = state.withLock { $0 }
        let prefix = labels.isEmpty ? "" : labels + ","
        var cumulative: UInt64 = 0
        for (count, bound) in zip(state.counts, bounds + [.infinity]) {
            cumulative += count
            let label = "\(prefix)le=\"\(numberText(bound))\""
            text += sample(name + "_bucket", label, "\(cumulative)")
        }
        text += sample(name + "_sum", labels, numberText(state.sum))
        text += sample(name + "_count", labels, "\(cumulative)")
    }
}

private func sample(_ name: String, _ labels: String, _ value: String) -> String {
    labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
}

/// A floating-point number that many threads may change.
private final class AtomicDouble: Sendable {
    private let bits = Atomic<UInt64>(0)

    var current: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    func add(_ amount: Double) {
        var seen = bits.load(ordering: .relaxed)
        while true {
            let sum = Double(bitPattern: seen) + amount
            let (exchanged, original) = bits.weakCompareExchange(
                expected: seen,
                desired: sum.bitPattern,
                ordering: .relaxed
            )
            if exchanged { return }
            seen = original
        }
    }
}
