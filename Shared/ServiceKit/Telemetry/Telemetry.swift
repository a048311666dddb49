import CoreMetrics
public import Logging

/// How a service logs.
public struct TelemetryConfiguration: Sendable {
    /// How a log record is written.
    public enum Format: String, CaseIterable, Sendable {
        /// One readable line.
        case text
        /// One JSON object a line.
        case json
    }

    /// Records below this level are dropped.
    public var level: Logger.Level
    /// How records are written.
    public var format: Format

    /// Takes both settings.
    public init(level: Logger.Level = .info, format: Format = .text) {
        self.level = level
        self.format = format
    }

    /// Reads `CORDON_LOG_LEVEL` (`trace` … `critical`, default `info`) and `CORDON_LOG_FORMAT`
    /// (`text` or `json`, default `text`).
    public init(_ reader: inout SettingsReader) {
        level = reader.choice("CORDON_LOG_LEVEL", default: Logger.Level.info)
        format = reader.choice("CORDON_LOG_FORMAT", default: Format.text)
    }
}

/// The process's logs and metrics.
public struct Telemetry: Sendable {
    /// The logger to pass on; it writes to standard error.
    public let logger: Logger
    /// Where metrics are recorded and exposed.
    public let registry: PrometheusRegistry

    /// Pairs the two without touching the process's own.
    public init(logger: Logger, registry: PrometheusRegistry) {
        self.logger = logger
        self.registry = registry
    }

    /// Sets up logging and metrics for the whole process, libraries included; call it once.
    ///
    /// - Parameter service: the program's name, the label of its logger.
    public static func bootstrap(
        service: String,
        configuration: TelemetryConfiguration = TelemetryConfiguration()
    ) -> Telemetry {
        let registry = PrometheusRegistry()
        let handler = LineLogHandler(configuration, isColoured: Terminal.isColoured(.error))
        LoggingSystem.bootstrap { label in handler.labelled(label) }
        MetricsSystem.bootstrap(registry)
        ProcessMetrics.add(to: registry, service: service)
        return Telemetry(logger: Logger(label: service), registry: registry)
    }
}
