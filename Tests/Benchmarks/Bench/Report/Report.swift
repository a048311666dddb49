import Foundation

/// What was asked and what was measured, for people as a table and for machines as JSON.
struct Report: Codable {
    /// One target of the product's.
    struct Line: Codable {
        var what: String
        var asked: String
        var measured: String
        /// Nil where nothing was asked.
        var isMet: Bool?
        /// Where the time went, and what keeps the target from being met if it is not.
        var profile: String?
    }

    private(set) var lines: [Line] = []
    /// Every run's figures by name, in the order of the runs.
    private(set) var runs: [String: [Throughput]] = [:]
    private(set) var figures: [String: Double] = [:]

    /// Adds a line and prints it at once; the profile only where the target is not met.
    mutating func add(
        _ what: String,
        asked: String,
        measured: String,
        isMet: Bool?,
        profile: String? = nil
    ) {
        let line = Line(
            what: what,
            asked: asked,
            measured: measured,
            isMet: isMet,
            profile: profile
        )
        lines.append(line)
        var mark = isMet.map { $0 ? "met" : "NOT MET" } ?? ""
        if isMet == false, let profile { mark += ": " + profile }
        print("| \(what) | \(asked) | \(measured) | \(mark) |")
    }

    mutating func keep(_ name: String, _ run: Throughput) {
        runs[name, default: []].append(run)
        note(
            "\(name): \(Int(run.rate)) records/s, \(format(run.processor)) CPU s,"
                + " \(run.peakMemory >> 20) MB"
        )
    }

    mutating func keep(_ name: String, _ figure: Double) { figures[name] = figure }

    /// The median of what all runs of a name have.
    func median(_ name: String, _ value: (Throughput) -> Double) -> Double {
        Report.median((runs[name] ?? []).map(value))
    }

    /// The median of the ratios of two programs, run by run: they were measured in turn.
    func ratio(_ name: String, to other: String, _ value: (Throughput) -> Double) -> Double {
        Report.median(zip(runs[name] ?? [], runs[other] ?? []).map { value($0) / value($1) })
    }

    static func median(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.sorted()[values.count / 2]
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        try encoder.encode(self).write(to: URL(filePath: path))
    }

    /// Where the processor time of a program's runs went: medians, in seconds.
    func profile(of name: String) -> String {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let seconds = format(median(name, \.seconds))
        var text = "in \(seconds) s on \(cores) cores \(format(median(name, \.processor))) s"
        if let stages = runs[name]?.first?.stages, !stages.isEmpty {
            let parts = stages.keys.map { stage in (stage, median(name) { $0.stages[stage] ?? 0 }) }
                .sorted { $0.1 > $1.1 }
            let worker = parts.reduce(0) { $0 + $1.1 }
            text += ", of them \(format(worker)) s the worker's thread ("
            text += parts.map { "\($0.0) \(format($0.1))" }.joined(separator: ", ")
            text += "), which waited \(format(median(name, \.committing))) s for"
            text += " \(Int(median(name) { Double($0.transactions) })) transactions to end"
        }
        if runs[name]?.first?.broker != nil {
            text += "; the broker \(format(median(name) { $0.broker ?? 0 })) s"
        }
        return text
    }
}

/// A figure with two decimals.
func format(_ figure: Double) -> String { String(format: "%.2f", figure) }

/// One line about the progress, away from the table.
func note(_ words: String) {
    FileHandle.standardError.write(Data((words + "\n").utf8))
}
