import Foundation
import Logging

/// Writes each log record as one line to standard error.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level
    private let format: TelemetryConfiguration.Format
    private let isColoured: Bool
    private var label = ""

    init(_ configuration: TelemetryConfiguration, isColoured: Bool) {
        logLevel = configuration.level
        format = configuration.format
        self.isColoured = isColoured
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func labelled(_ label: String) -> LineLogHandler {
        var copy = self
        copy.label = label
        return copy
    }

    func log(event: LogEvent) {
        Terminal.writeError(line(for: event, at: Date()) + "\n")
    }

    /// The record without its line end; pure, apart from the metadata provider.
    func line(for event: LogEvent, at date: Date) -> String {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        let pairs = all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        let time = date.formatted(
            .iso8601.year().month().day()
                .time(includingFractionalSeconds: true).timeZone(separator: .omitted)
        )
        switch format {
        case .text: return text(event, time, pairs)
        case .json: return json(event, time, pairs)
        }
    }

    private func text(
        _ event: LogEvent,
        _ time: String,
        _ pairs: [(String, String)]
    ) -> String {
        let level = event.level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        let message = Self.oneLine(event.message.description)
        var line = "\(time) \(styled(level, event.level)) \(label): \(message)"
        for (key, value) in pairs {
            line += " \(key)=" + (Self.isWord(value) ? value : jsonText(value))
        }
        return line
    }

    private func json(
        _ event: LogEvent,
        _ time: String,
        _ pairs: [(String, String)]
    ) -> String {
        let head = [
            ("time", time), ("level", event.level.rawValue), ("logger", label),
            ("message", event.message.description),
        ]
        let taken = Set(head.map(\.0))
        let members = (head + pairs.filter { !taken.contains($0.0) })
            .map { "\(jsonText($0.0)):\(jsonText($0.1))" }
        return "{" + members.joined(separator: ",") + "}"
    }

    private func styled(_ text: String, _ level: Logger.Level) -> String {
        guard isColoured else { return text }
        switch level {
        case .trace, .debug: return Style.dim(text)
        case .info, .notice: return Style.green(text)
        case .warning: return Style.yellow(text)
        case .error, .critical: return Style.red(text)
        }
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }
    }

    private static func oneLine(_ text: String) -> String {
        text.contains(where: \.isNewline)
            ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : text
    }
}
