import ArgumentParser
import Foundation
import ServiceKit

/// `cordon generate`: writes the reference stream.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write a reference stream of events, the same bytes for the same options.",
        discussion: """
            The scenario us-2020 runs from 2020-01-01 to 2021-06-30 (UTC). In 2020 the first-time \
            downloads in the United States are exactly Alipay 207,000, CamScanner 4,400,000 and \
            WPS Office 563,000, as the press had them; from January to June 2021 every app of \
            Executive Order 13971 has events in every state of the order. Lines are CloudEvents \
            in the order of time; a few are sent twice.

            EXAMPLES:
              cordon generate --truth truth.json | cordon-ingest load -
              cordon generate --scale 0.01 --output events.ndjson
              cordon generate --granularity event | pv -l | cordon-ingest load -
            """
    )

    @Option(help: "What the stream tells.")
    var scenario = StreamScenario.us2020

    @Option(help: "The number that all chance comes from.")
    var seed: UInt64 = 20_210_105

    @Option(help: "Store feeds as hourly roll-ups, or one record per download.")
    var granularity = StreamGranularity.hour

    @Option(help: "The share of the full stream, above 0 and at most 1; totals are rounded.")
    var scale = 1.0

    @Option(help: "Write what must be counted and flagged to this file, as JSON.")
    var truth: String?

    @Option(help: "Write the events to this file. (default: standard output)")
    var output: String?

    func validate() throws {
        guard StreamScale(scale) != nil else {
            throw ValidationError("--scale must be above 0 and at most 1, not \(scale)")
        }
    }

    func run() throws {
        let stream = ReferenceStream(
            options: StreamOptions(
                scenario: scenario,
                seed: seed,
                granularity: granularity,
                scale: StreamScale(scale) ?? .full
            )
        )
        try writeTruth(of: stream)
        if let output, output != "-" {
            try write(stream, toFile: output)
        } else {
            var printed = StandardOutput()
            try stream.write { try unsafe printed.write($0.span.bytes) }
            try printed.flush()
        }
    }

    /// The truth comes first, so that whoever reads the stream from a pipe can read it at the end.
    private func writeTruth(of stream: ReferenceStream) throws(ToolFailure) {
        guard let truth else { return }
        do {
            // Not atomically: that would put a file in the place of a link or a device.
            try Data(stream.truth.json).write(to: URL(filePath: truth))
        } catch {
            throw Self.failure(truth, error)
        }
    }

    private func write(_ stream: ReferenceStream, toFile path: String) throws(ToolFailure) {
        do {
            try Data().write(to: URL(filePath: path))
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try stream.write { try file.write(contentsOf: Data($0)) }
            try file.close()
        } catch {
            throw Self.failure(path, error)
        }
    }

    private static func failure(_ path: String, _ error: any Error) -> ToolFailure {
        ToolFailure("\(path) cannot be written: \(error.localizedDescription)")
    }
}

extension StreamScenario: ExpressibleByArgument {}
extension StreamGranularity: ExpressibleByArgument {}
