import Configuration
import Foundation

/// Reads settings: flags first, then the environment, then the default.
///
/// A setting is named by its environment variable; flags come in under the same names. Nothing is
/// thrown while reading: problems are collected, so that ``finish(strictPrefixes:)`` reports all of
/// them at once. An empty variable counts as absent, as compose files and orchestrators write it.
///
/// ```swift
/// var reader = SettingsReader(flags: ["CORDON_INGEST_HTTP_PORT": port])
/// let port = reader.int("CORDON_INGEST_HTTP_PORT", default: 8080, in: 0...65535)
/// try reader.finish(strictPrefixes: ["CORDON_INGEST_"])
/// ```
public struct SettingsReader {
    /// One setting as it was read, for the log line at start.
    public struct Entry: Sendable, Equatable {
        /// The environment variable.
        public var name: String
        /// The value, redacted if it is secret.
        public var value: String
        /// Whether it is the default.
        public var isDefault: Bool
    }

    /// The settings read so far, in order, secrets redacted.
    public private(set) var entries: [Entry] = []
    private var problems: [String] = []
    private var known: Set<String> = []
    private let environment: [String: String]
    private let flags: [String: String]
    private let config: ConfigReader

    /// A reader over flags and an environment.
    ///
    /// - Parameters:
    ///   - flags: what the command line gave, by environment variable; nil for a flag not given.
    ///   - environment: nil takes the process's.
    public init(
        flags: [String: String?] = [:],
        environment: [String: String]? = nil
    ) {
        self.flags = flags.compactMapValues { $0 }
        self.environment = (environment ?? ProcessInfo.processInfo.environment)
            .filter { !$0.value.isEmpty }
        let given = self.flags.map { name, value in
            (
                AbsoluteConfigKey(Self.components(name)),
                ConfigValue(.string(value), isSecret: false)
            )
        }
        config = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: Dictionary(uniqueKeysWithValues: given)),
            EnvironmentVariablesProvider(environmentVariables: self.environment),
        ])
    }

    /// Notes a problem of the caller's own, such as two settings that contradict each other.
    public mutating func report(_ problem: String) {
        problems.append(problem)
    }

    /// Notes that a setting's value cannot be used; the value itself is the caller's to mention.
    public mutating func refuse(_ name: String, _ why: String) {
        problems.append("\(origin(name)) \(why)")
    }

    /// Ends the reading.
    ///
    /// - Parameter strictPrefixes: variables that begin with one of these must have been read; the
    ///   others are reported with the nearest name that exists.
    /// - Throws: ``SettingsProblems`` with everything found.
    public func finish(strictPrefixes: [String]) throws(SettingsProblems) {
        let strangers = environment.keys.sorted().filter { name in
            !known.contains(name) && strictPrefixes.contains { name.hasPrefix($0) }
        }
        let all = problems + strangers.map { "\($0) is not a setting" + suggestion(for: $0) }
        guard all.isEmpty else { throw SettingsProblems(all) }
    }

    /// The settings as `NAME=value` words, defaults included, secrets redacted.
    public var summary: String {
        entries.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }

    /// Reads a setting through `parse`, which gives nil for a value that is none.
    ///
    /// - Parameters:
    ///   - name: the environment variable.
    ///   - expectation: completes "… is not", as in `an integer from 0 to 65535`.
    ///   - shown: how a value is printed.
    mutating func read<Value>(
        _ name: String,
        default fallback: Value,
        expectation: String,
        shown: (Value) -> String,
        parse: (String) -> Value?
    ) -> Value {
        guard let text = text(name) else {
            entries.append(Entry(name: name, value: shown(fallback), isDefault: true))
            return fallback
        }
        guard let value = parse(text) else {
            problems.append("\(origin(name)) is not \(expectation): \(Self.quoted(text))")
            return fallback
        }
        entries.append(Entry(name: name, value: shown(value), isDefault: false))
        return value
    }

    /// The raw text of a setting, which from now on is a known one.
    mutating func text(_ name: String) -> String? {
        known.insert(name)
        return config.string(forKey: ConfigKey(Self.components(name)))
    }

    mutating func note(_ name: String, _ value: String, isDefault: Bool) {
        entries.append(Entry(name: name, value: value, isDefault: isDefault))
    }

    private func origin(_ name: String) -> String {
        flags[name] == nil ? name : "\(name) (from its flag)"
    }

    private func suggestion(for stranger: String) -> String {
        let candidates = known.sorted().map { (name: $0, edits: editDistance($0, stranger)) }
        guard let nearest = candidates.min(by: { $0.edits < $1.edits }),
            nearest.edits <= max(2, stranger.count / 4)
        else { return "" }
        return "; did you mean \(nearest.name)?"
    }

    private static func components(_ name: String) -> [String] {
        name.lowercased().split(separator: "_").map(String.init)
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.prefix(80))\(text.count > 80 ? "…" : "")\""
    }
}

/// How many characters must be inserted, removed or replaced to make one name of another.
func editDistance(_ first: String, _ second: String) -> Int {
    let target = Array(second)
    var row = Array(0...target.count)
    for (line, character) in first.enumerated() {
        var diagonal = row[0]
        row[0] = line + 1
        for column in target.indices {
            let replaced = diagonal + (character == target[column] ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
        }
    }
    return row[target.count]
}
