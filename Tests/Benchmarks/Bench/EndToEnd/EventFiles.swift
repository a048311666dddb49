import BenchmarkKit
import Events
import Foundation

/// Events in files of lines, one for each input topic that has any; removed with this value.
final class EventFiles {
    private(set) var files: [(topic: InputTopic, path: String, lines: Int)] = []
    private let folder: URL

    /// Writes so many events.
    init(count: Int, downloadsInTen: Int = 7) throws {
        let parent = ProcessInfo.processInfo.environment["CORDON_BENCH_FOLDER"] ?? "/tmp"
        folder = URL(filePath: parent).appending(path: "cordon-events-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var mix = EventMix(count: count, downloadsInTen: downloadsInTen)
        var texts: [InputTopic: [UInt8]] = [:]
        var lines: [InputTopic: Int] = [:]
        while let event = mix.next() {
            texts[event.topic, default: []] += event.json
            texts[event.topic, default: []].append(UInt8(ascii: "\n"))
            lines[event.topic, default: 0] += 1
        }
        for (topic, text) in texts {
            let path = folder.appending(path: "\(topic.name).ndjson").path
            try Data(text).write(to: URL(filePath: path))
            files.append((topic, path, lines[topic] ?? 0))
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// How many events there are.
    var count: Int { files.reduce(0) { $0 + $1.lines } }

    /// Puts them on the input topics, round robin, as fast as that goes.
    func load(onto broker: BrokerRun, partitions: Int = 4) async throws {
        for run in try loads(with: "load", onto: broker, partitions: partitions) {
            try await broker.run(run.program, run.arguments)
        }
        try await broker.settle()
    }

    /// The calls by which a loader, `cordon-ingest` or the yardstick, puts them there.
    func loads(
        with loader: String,
        onto broker: BrokerRun,
        partitions: Int = 4
    ) throws -> [(program: String, arguments: [String])] {
        guard loader == "load" else { return [(loader, ["load"] + files.map(\.path))] }
        let program = try Yardsticks.path(loader)
        return files.map { file in
            let topic = broker.prefix + file.topic.name
            return (program, [broker.servers, topic, file.path, "\(partitions)"])
        }
    }
}
