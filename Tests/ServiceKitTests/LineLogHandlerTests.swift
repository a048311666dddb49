import Foundation
import Logging
import Testing

@testable import ServiceKit

@Suite struct LineLogHandlerTests {
    private let date = Date(timeIntervalSince1970: 1_600_000_000.25)

    private func event(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogEvent {
        LogEvent(
            level: .warning,
            message: "\(message)",
            metadata: metadata,
            source: nil,
            file: "x",
            function: "y",
            line: 1
        )
    }

    @Test func `a record is one line with its metadata sorted and quoted where needed`() {
        var handler = LineLogHandler(TelemetryConfiguration(), isColoured: false)
            .labelled("cordon-ingest")
        handler[metadataKey: "worker"] = "2"
        let line = handler.line(
            for: event("the broker\nis away", ["kafka.error": "no answer", "a": ""]),
            at: date
        )
        #expect(
            line == "2020-09-13T12:26:40.250Z warning  cordon-ingest: the broker is away "
                + #"a="" kafka.error="no answer" worker=2"#
        )
    }

    @Test func `a record as JSON keeps the message whole`() throws {
        let handler = LineLogHandler(
            TelemetryConfiguration(format: .json),
            isColoured: true
        ).labelled("cordon-ingest")
        let line = handler.line(for: event("two\nlines", ["key": "a \"b\"\u{1}"]), at: date)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        )
        #expect(
            object == [
                "time": "2020-09-13T12:26:40.250Z", "level": "warning",
                "logger": "cordon-ingest", "message": "two\nlines", "key": "a \"b\"\u{1}",
            ]
        )
    }

    @Test func `colour surrounds the level alone`() {
        let handler = LineLogHandler(TelemetryConfiguration(), isColoured: true)
        let line = handler.line(for: event("x"), at: date)
        #expect(line.contains("\u{1B}[33mwarning \u{1B}[0m"))
    }
}
