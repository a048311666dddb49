import ArgumentParser
import BenchmarkKit
import Events
import Foundation

/// Writes the events of the benchmarks to two files of lines.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Write so many events into FOLDER, one file for each input topic."
    )

    @Argument(help: "How many events.")
    var count: Int

    @Argument(help: "An existing folder.")
    var folder: String

    @Option(help: "The same seed gives the same bytes.")
    var seed: UInt64 = 20_210_105

    func run() throws {
        var files: [InputTopic: FileHandle] = [:]
        for topic in InputTopic.allCases {
            let path = "\(folder)/\(topic.name).ndjson"
            guard FileManager.default.createFile(atPath: path, contents: nil),
                let file = FileHandle(forWritingAtPath: path)
            else { throw ValidationError("cannot write \(path)") }
            files[topic] = file
        }
        var mix = EventMix(count: count, seed: seed)
        var pending: [InputTopic: [UInt8]] = [:]
        while let event = mix.next() {
            pending[event.topic, default: []] += event.json + [UInt8(ascii: "\n")]
            guard pending[event.topic]?.count ?? 0 > 1 << 20 else { continue }
            try files[event.topic]?.write(
                contentsOf: pending.removeValue(forKey: event.topic) ?? []
            )
        }
        for (topic, bytes) in pending { try files[topic]?.write(contentsOf: bytes) }
    }
}
