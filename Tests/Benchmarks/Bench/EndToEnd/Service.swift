import Foundation
import TestSupport

/// A service of ours under measurement, watched through its endpoints.
final class Service {
    let program: Program
    let port: Int
    private var connection: HTTPConnection?

    /// Starts it and waits until it is ready.
    init(_ name: String, _ broker: BrokerRun, settings: [String: String] = [:]) async throws {
        let variable = name == "cordon-ingest" ? "INGEST" : "SCREENING"
        var environment = broker.environment.merging(settings) { $1 }
        environment["CORDON_\(variable)_HTTP_PORT"] = "0"
        environment["CORDON_LOG_FORMAT"] = "text"
        let program = try Program(name, ["serve"], environment: environment)
        var found: Int?
        try await waitUntil("\(name) listens; it said: \(program.errors.suffix(1_000))") {
            found = program.errors.firstMatch(of: #/http\.(?:port|address)=\S*?([1-9][0-9]*)\s/#)
                .flatMap { Int($0.1) }
            return found != nil
        }
        self.program = program
        port = found ?? 0
    }

    /// Everything it used up to now.
    var usage: ProcessUsage { ProcessUsage(of: program.processID) ?? ProcessUsage() }

    /// Stops it in order.
    func stop() async throws {
        program.terminate()
        _ = try await program.exitStatus()
    }

    /// The sum of a metric over all its series; those that hold a text, if one is given.
    func metric(_ name: String, where part: String = "") throws -> Double {
        let connection = try self.connection ?? HTTPConnection(port: port)
        self.connection = connection
        let page = try connection.get("/metrics")
        return page.split(separator: "\n").filter {
            $0.hasPrefix(name) && [" ", "{"].contains($0.dropFirst(name.count).prefix(1))
                && (part.isEmpty || $0.contains(part))
        }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
}
