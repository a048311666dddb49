/// The kinds of settings there are.
extension SettingsReader {
    /// Reads a text.
    public mutating func string(_ name: String, default fallback: String) -> String {
        read(name, default: fallback, expectation: "a text", shown: { $0 }, parse: { $0 })
    }

    /// Reads a text that may be absent.
    public mutating func optionalString(_ name: String) -> String? {
        read(
            name,
            default: nil,
            expectation: "a text",
            shown: { $0 ?? "" },
            parse: { .some($0) }
        )
    }

    /// Reads a text that is never printed, nil when absent.
    public mutating func secret(_ name: String) -> Secret? {
        guard let text = text(name) else {
            note(name, "", isDefault: true)
            return nil
        }
        note(name, Secret.redaction, isDefault: false)
        return Secret(text)
    }

    /// Reads an integer within a range.
    public mutating func int(
        _ name: String,
        default fallback: Int,
        in range: ClosedRange<Int>
    ) -> Int {
        read(
            name,
            default: fallback,
            expectation: "an integer from \(range.lowerBound) to \(range.upperBound)",
            shown: { String($0) },
            parse: { Int($0).flatMap { range.contains($0) ? $0 : nil } }
        )
    }

    /// Reads `true`, `yes`, `on`, `1` or their opposites, in any case.
    public mutating func bool(_ name: String, default fallback: Bool) -> Bool {
        read(name, default: fallback, expectation: "true or false", shown: { String($0) }) {
            switch $0.lowercased() {
            case "true", "yes", "on", "1": true
            case "false", "no", "off", "0": false
            default: nil
            }
        }
    }

    /// Reads one of the words of an enumeration.
    public mutating func choice<Value>(_ name: String, default fallback: Value) -> Value
    where Value: RawRepresentable<String> & CaseIterable {
        let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return read(
            name,
            default: fallback,
            expectation: "one of \(words)",
            shown: { $0.rawValue },
            parse: { Value(rawValue: $0.lowercased()) }
        )
    }

    /// Reads a number of bytes within a range: plain, or with `KiB`, `MiB` or `GiB` behind it.
    public mutating func bytes(
        _ name: String,
        default fallback: Int,
        in range: ClosedRange<Int>
    ) -> Int {
        let low = ByteCount(range.lowerBound)
        let high = ByteCount(range.upperBound)
        return read(
            name,
            default: fallback,
            expectation: "a number of bytes from \(low) to \(high), such as 1048576 or 1MiB",
            shown: { ByteCount($0).description },
            parse: { ByteCount($0).flatMap { range.contains($0.count) ? $0.count : nil } }
        )
    }

    /// Reads a duration within a range: a number with `ms`, `s`, `m` or `h` behind it.
    public mutating func duration(
        _ name: String,
        default fallback: Duration,
        in range: ClosedRange<Duration>
    ) -> Duration {
        let low = durationText(range.lowerBound)
        let high = durationText(range.upperBound)
        return read(
            name,
            default: fallback,
            expectation: "a duration from \(low) to \(high), such as 250ms, 30s or 5m",
            shown: durationText,
            parse: { parsedDuration($0).flatMap { range.contains($0) ? $0 : nil } }
        )
    }
}

/// A number of bytes as settings write it.
struct ByteCount: CustomStringConvertible {
    let count: Int

    private static let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

    init(_ count: Int) {
        self.count = count
    }

    init?(_ text: String) {
        let unit = Self.units.first { text.lowercased().hasSuffix($0.0.lowercased()) } ?? ("", 1)
        guard let number = Int(text.dropLast(unit.0.count)), number >= 0 else { return nil }
        let (count, overflow) = number.multipliedReportingOverflow(by: unit.1)
        guard !overflow else { return nil }
        self.count = count
    }

    var description: String {
        let unit = Self.units.first { count >= $0.1 && count % $0.1 == 0 } ?? ("B", 1)
        return unit.1 == 1 ? "\(count)" : "\(count / unit.1)\(unit.0)"
    }
}

/// Reads a duration such as `250ms`, nil for anything else.
func parsedDuration(_ text: String) -> Duration? {
    let units: [(String, Int64)] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)]
    guard let unit = units.first(where: { text.hasSuffix($0.0) }),
        let number = Int64(text.dropLast(unit.0.count)), number >= 0
    else { return nil }
    let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.1)
    return overflow ? nil : .milliseconds(milliseconds)
}

/// Writes a duration as ``parsedDuration(_:)`` reads it, in the largest unit that divides it.
func durationText(_ duration: Duration) -> String {
    let parts = duration.components
    let milliseconds = parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
    let units: [(String, Int64)] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000)]
    let unit = units.first { milliseconds >= $0.1 && milliseconds % $0.1 == 0 } ?? ("ms", 1)
    return "\(milliseconds / unit.1)\(unit.0)"
}
