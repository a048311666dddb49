import Foundation
import TestSupport

/// A broker with fresh topics for one measurement, and the settings that reach it.
///
/// With `CORDON_KAFKA_BOOTSTRAP_SERVERS` that cluster, in topics of their own; else a development
/// broker with an empty data folder, which ends with this value.
final class BrokerRun {
    let servers: String
    let prefix: String
    let environment: [String: String]
    private let program: Program?
    private let folder: URL?

    /// The reader's own settings, for a cluster or to try what a setting gives.
    private static let inherited = ProcessInfo.processInfo.environment.filter {
        $0.key.hasPrefix("CORDON_KAFKA_") || $0.key.hasPrefix("CORDON_SCREENING_")
            || $0.key.hasPrefix("CORDON_INGEST_")
    }

    /// Starts it and makes the topics.
    init(partitions: Int = 4) async throws {
        prefix = "bench-\(UUID().uuidString.prefix(8).lowercased())-"
        var settings = Self.inherited
        if let servers = settings["CORDON_KAFKA_BOOTSTRAP_SERVERS"], !servers.isEmpty {
            self.servers = servers
            (program, folder) = (nil, nil)
        } else {
            let broker = try await Self.startBroker()
            (program, folder, servers) = (broker.program, broker.folder, broker.servers)
            settings["CORDON_KAFKA_BOOTSTRAP_SERVERS"] = servers
            // This broker does not heed the limits a client sets on what it fetches at once.
            settings["CORDON_KAFKA_RECEIVE_MESSAGE_MAX_BYTES"] = "2147483647"
        }
        settings["CORDON_TOPIC_PREFIX"] = prefix
        environment = settings
        try await run("cordon", ["topics", "create", "--partitions", "\(partitions)"])
    }

    deinit {
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }

    /// Whether it is a cluster of the reader's own.
    static var isCluster: Bool { !(inherited["CORDON_KAFKA_BOOTSTRAP_SERVERS"] ?? "").isEmpty }

    /// Processor seconds of the development broker so far; nil for a cluster.
    var processor: Double? { program.flatMap { ProcessUsage(of: $0.processID)?.processor } }

    /// What it needed since an earlier figure.
    func processor(since before: Double?) -> Double? {
        guard let before, let processor else { return nil }
        return processor - before
    }

    /// Waits until a development broker has nothing to do: it writes its log down long after it
    /// took the records, on one of the cores that are measured.
    func settle() async throws {
        guard var last = processor else { return }
        try await waitUntil("the broker rests", within: .seconds(60), every: .milliseconds(300)) {
            let now = self.processor ?? 0
            defer { last = now }
            return now - last < 0.02
        }
    }

    /// Runs a program to its end and returns what it printed.
    @discardableResult
    func run(_ name: String, _ arguments: [String]) async throws -> Finished {
        let program = try Program(name, arguments, environment: environment)
        var usage = ProcessUsage()
        var status: Int32?
        try await waitUntil("\(name) ends", within: .seconds(600), every: .milliseconds(5)) {
            if let now = ProcessUsage(of: program.processID) { usage = now }
            status = program.status
            return status != nil
        }
        guard status == 0 else {
            throw BenchFailure("\(name) ended with \(status ?? 0): \(program.errors.suffix(1_000))")
        }
        return Finished(output: program.output, usage: usage)
    }

    /// What a program printed and used.
    struct Finished {
        var output: String
        var usage: ProcessUsage
    }

    private static func startBroker() async throws -> (
        program: Program, folder: URL, servers: String
    ) {
        guard let command = ProcessInfo.processInfo.environment["CORDON_BENCH_BROKER"] else {
            throw BenchFailure("run it through deploy/bench, or set CORDON_KAFKA_BOOTSTRAP_SERVERS")
        }
        let parent = ProcessInfo.processInfo.environment["CORDON_BENCH_FOLDER"] ?? "/tmp"
        let folder = URL(filePath: parent).appending(path: "cordon-bench-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let program = try Program(
            command,
            [
                "start", "--only", "kafka", "--host", "127.0.0.1", "--kafka-port", "0",
                "--data-dir", folder.appending(path: "data").path,
            ]
        )
        var servers: String?
        try await waitUntil("the broker listens") {
            servers = program.output.firstMatch(of: #/ kafka +(127[0-9.:]+)/#)
                .map { String($0.1) }
            return servers != nil
        }
        return (program, folder, servers ?? "")
    }
}

/// A measurement that could not be made.
struct BenchFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
