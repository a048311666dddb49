/// The series of one metric name.
struct MetricFamily {
    private var help: String?
    private var buckets = PrometheusRegistry.defaultBuckets
    private var seriesByLabels: [String: any MetricSeries] = [:]

    mutating func describe(_ help: String, _ buckets: [Double]?) {
        self.help = help
        if let buckets { self.buckets = buckets }
    }

    mutating func series<Series: MetricSeries>(
        _ labels: String,
        of name: String,
        make: ([Double]) -> Series
    ) -> Series {
        if let existing = seriesByLabels[labels] as? Series { return existing }
        precondition(
            seriesByLabels.values.allSatisfy { $0 is Series },
            "the metric \(name) was made with two different kinds"
        )
        let series = make(buckets)
        seriesByLabels[labels] = series
        return series
    }

    mutating func remove(_ handler: AnyObject) {
        seriesByLabels = seriesByLabels.filter { $0.value !== handler }
    }

    func write(name: String, to text: inout String) {
        guard let kind = seriesByLabels.values.first?.kind else { return }
        if let help { text += "# HELP \(name) \(escapedHelp(help))\n" }
        text += "# TYPE \(name) \(kind)\n"
        for (labels, series) in seriesByLabels.sorted(by: { $0.key < $1.key }) {
            series.write(name: name, labels: labels, to: &text)
        }
    }
}

/// A name with everything Prometheus does not allow replaced by `_`.
func metricName(_ label: String) -> String {
    let name = label.unicodeScalars.map { scalar -> Character in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ":": Character(scalar)
        default: "_"
        }
    }
    return (name.first?.isNumber ?? true ? "_" : "") + String(name)
}

/// Labels as they stand between the braces, such as `topic="a",reason="b"`.
func labelText(_ dimensions: [(String, String)]) -> String {
    dimensions.map { name, value in
        let escaped = escapedHelp(value).replacing("\"", with: "\\\"")
        return "\(metricName(name).replacing(":", with: "_"))=\"\(escaped)\""
    }.joined(separator: ",")
}

private func escapedHelp(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
}

/// A number as Prometheus reads it.
func numberText(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    guard let whole = Int64(exactly: value) else { return "\(value)" }
    return "\(whole)"
}
