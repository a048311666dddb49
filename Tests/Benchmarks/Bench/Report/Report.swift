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
    }

    private(set) var lines: [Line] = []
    /// Every run's figures by name, in the order of the runs.
    private(set) var runs: [String: [Throughput]] = [:]
    private(set) var figures: [String: Double] = [:]

    /// Adds a line and prints it at once.
    mutating func add(_ what: String, asked: String, measured: String, isMet: Bool?) {
        lines.append(Line(what: what, asked: asked, measured: measured, isMet: isMet))
        let mark = isMet.map { $0 ? "met" : "NOT MET" } ?? ""
        print("| \(what) | \(asked) | \(measured) | \(mark) |")
    }

    mutating func keep(_ name: String, _ run: Throughput) {
        runs[name, default: []].append(run)
        note(
            "\(name): \(Int(run.rate)) records/s, \(format(run.processor)) CPU s,"
                + " \(run.peakMemory >> 20) MB" + Self.stages(run)
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

    private static func stages(_ run: Throughput) -> String {
        guard !run.stages.isEmpty else { return "" }
        let parts = run.stages.sorted { $0.value > $1.value }
            .map { "\($0.key) \(format($0.value))" }
        return "; worker's CPU s: " + parts.joined(separator: ", ")
    }
}

/// A figure with two decimals.
func format(_ figure: Double) -> String { String(format: "%.2f", figure) }

/// One line about the progress, away from the table.
func note(_ words: String) {
    FileHandle.standardError.write(Data((words + "\n").utf8))
}
