import Foundation
import TestSupport

/// A service in a process of its own, with the port it chose for its endpoints.
struct RunningService {
    let program: Program

    init(_ program: Program) {
        self.program = program
    }

    /// The port that its log names, once it listens: `http.port=N` or `http.address=…:N`.
    var port: String? {
        let words = program.errors.split { $0 == " " || $0 == "\n" }
        let place = words.first { $0.hasPrefix("http.port=") || $0.hasPrefix("http.address=") }
        let digits = String(place?.reversed().prefix { $0.isNumber }.reversed() ?? [])
        return digits.isEmpty ? nil : digits
    }

    /// Waits until it says that it is ready to work.
    func ready(within timeLimit: Duration = .seconds(30)) async throws -> RunningService {
        try await waitUntil("\(program.name) to be ready", within: timeLimit) {
            guard program.isRunning else {
                throw ProgramFailure(
                    command: program.name,
                    status: try await program.exitStatus(),
                    errors: program.errors
                )
            }
            return try await isReady()
        }
        return self
    }

    /// Whether it says that it is ready to work.
    func isReady() async throws -> Bool {
        guard port != nil else { return false }
        return try await get("/readyz").status == 200
    }

    /// Asks it to stop and waits until it has; a graceful end is exit code 0.
    func stop() async throws -> Int32 {
        program.terminate()
        return try await program.exitStatus(within: .seconds(30))
    }

    // MARK: - HTTP

    /// What the service answered.
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    func get(_ path: String) async throws -> Answer {
        try await curl([address + path])
    }

    func post(
        _ body: String,
        type: String?,
        headers: [String] = [],
        to path: String = "/v1/events"
    ) async throws -> Answer {
        let lines = (type.map { ["Content-Type: " + $0] } ?? ["Content-Type;"]) + headers
        let arguments = lines.flatMap { ["-H", $0] } + ["--data-binary", "@-", address + path]
        return try await curl(arguments, input: Array(body.utf8))
    }

    /// Begins to post a file of events; the program's output will be the status alone.
    func posting(_ file: URL, type: String) throws -> Program {
        try Program(
            "curl",
            [
                "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--max-time",
                "60", "-H", "Expect:", "-H", "Content-Type: \(type)", "--data-binary",
                "@" + file.path, address + "/v1/events",
            ]
        )
    }

    private var address: String { "http://127.0.0.1:\(port ?? "0")" }

    /// curl, because the tests of a server of ours had better not use a client of ours.
    private func curl(_ arguments: [String], input: [UInt8] = []) async throws -> Answer {
        let program = try Program(
            "curl",
            ["--silent", "--include", "--max-time", "30", "-H", "Expect:"] + arguments,
            input: input
        )
        _ = try await program.exitStatus()
        let parts = program.output.split(separator: "\r\n\r\n", maxSplits: 1)
        let lines = (parts.first ?? "").split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            headers[pair[0].lowercased()] = String(pair[1].drop { $0 == " " })
        }
        return Answer(
            status: status ?? 0,
            headers: headers,
            body: parts.count > 1 ? String(parts[1]) : ""
        )
    }
}
