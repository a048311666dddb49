/// One line that says how far a long job is: a pure value, printed by ``ProgressPrinter``.
public struct ProgressLine: Sendable, Equatable {
    /// What is done, in the unit of `total`.
    public var done: Int64
    /// The whole, nil when nobody knows.
    public var total: Int64?
    /// How many things were handled, for the rate.
    public var items: Int64
    /// What the things are called, such as `events`.
    public var noun: String
    /// How long the job has been running.
    public var elapsed: Duration

    /// Takes the figures.
    public init(done: Int64, total: Int64?, items: Int64, noun: String, elapsed: Duration) {
        self.done = done
        self.total = total
        self.items = items
        self.noun = noun
        self.elapsed = elapsed
    }

    /// Things a second since the start.
    public var rate: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(items) / seconds : 0
    }

    /// The time left if the rest goes as the part before, nil when nobody can say.
    public var timeLeft: Duration? {
        guard let total, done > 0, total >= done else { return nil }
        return elapsed * (Double(total - done) / Double(done))
    }

    /// Such as ` 42%  1,234,567 events  310,220/s  1m20s left`.
    public var text: String {
        var parts: [String] = []
        if let total, total > 0 {
            let percent = String(min(100, done * 100 / total))
            parts.append(String(repeating: " ", count: 3 - percent.count) + percent + "%")
        }
        parts.append("\(grouped(items)) \(noun)")
        parts.append("\(grouped(Int64(rate)))/s")
        if let timeLeft { parts.append("\(spokenDuration(timeLeft)) left") }
        return parts.joined(separator: "  ")
    }
}

/// A duration for people, such as `850ms`, `4.2s`, `1m20s` or `2h05m`.
public func spokenDuration(_ duration: Duration) -> String {
    let milliseconds = Int64((duration / .milliseconds(1)).rounded())
    let seconds = (milliseconds + 500) / 1_000
    switch milliseconds {
    case ..<1_000: return "\(milliseconds)ms"
    case ..<10_000: return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100)s"
    case ..<59_500: return "\(seconds)s"
    case ..<3_599_500: return "\(seconds / 60)m\(twoDigits(seconds % 60))s"
    default: return "\(seconds / 3_600)h\(twoDigits(seconds % 3_600 / 60))m"
    }
}

private func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
