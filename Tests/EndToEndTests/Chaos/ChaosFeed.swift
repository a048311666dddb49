import Foundation
import TestSupport

/// Keeps a stream coming, through files and over HTTP, whatever happens to who takes it in.
///
/// What was not acknowledged is sent again: a whole part of a file, or a whole request. Repeats are
/// the receiver's to recognise.
final class ChaosFeed {
    private let bench: Bench
    private var parts: [String]
    private var requests: [String]
    /// Parts that nobody has seen yet, kept for when fresh work is wanted.
    private var reserve: [String]

    private var load: Program?
    private(set) var door: RunningService?
    private var request: Program?
    private var doorPort: String?
    /// How often something was sent again.
    private(set) var repeats = 0
    /// Answers of the door by status.
    private(set) var answers: [String: Int] = [:]

    /// - Parameters:
    ///   - parts: files to load, one after the other.
    ///   - reserve: files to load when ``loadFresh()`` or ``releaseReserve()`` says so.
    ///   - requests: files to post, one after the other.
    init(_ bench: Bench, parts: [String], reserve: [String], requests: [String]) {
        self.bench = bench
        self.reserve = reserve
        self.parts = parts
        self.requests = requests
    }

    /// Nothing new is begun while this holds.
    var isPaused = false
    /// Whether nothing is on its way.
    var isQuiet: Bool { load == nil && request == nil }

    /// Whether everything was acknowledged.
    var isDone: Bool { parts.isEmpty && requests.isEmpty }

    /// Sends everything once more, to keep the stream going.
    func again(parts: [String]) {
        self.parts = parts
        repeats += parts.count
    }

    /// Loads next what nobody has seen yet, if there is any left.
    ///
    /// - Returns: the part, to ask ``hasLoaded(_:)`` about.
    func loadFresh() -> String? {
        guard let part = reserve.popLast() else { return nil }
        // Behind the one that may be on its way.
        parts.insert(part, at: load == nil ? 0 : 1)
        return part
    }

    /// Whether a part was acknowledged as a whole.
    func hasLoaded(_ part: String) -> Bool { !parts.contains(part) }

    /// Loads what is left of the reserve too.
    func releaseReserve() {
        parts += reserve
        reserve = []
    }

    /// Does what can be done without waiting; to be called again and again.
    func advance() throws {
        try advanceLoad()
        try advanceDoor()
    }

    func killLoad() { load?.kill() }

    func killDoor() { door?.program.kill() }

    func stopDoor() { door?.program.terminate() }

    /// Ends the door.
    func close() async throws {
        door?.program.terminate()
        if let door { _ = try await door.program.exitStatus(within: .seconds(60)) }
        door = nil
    }

    // MARK: - Files

    private func advanceLoad() throws {
        if let running = load {
            guard let status = running.status else { return }
            load = nil
            if status == 0 { parts.removeFirst() } else { repeats += 1 }
        }
        guard !isPaused, let part = parts.first else { return }
        load = try Program("cordon-ingest", ["load", part], environment: bench.serviceEnvironment)
    }

    // MARK: - HTTP

    private func advanceDoor() throws {
        guard !requests.isEmpty else { return }
        if door?.program.isRunning != true {
            door = try bench.ingest()
            doorPort = nil
        }
        doorPort = doorPort ?? door?.port
        if let running = request {
            guard running.status != nil else { return }
            let answer = running.output
            request = nil
            answers[answer, default: 0] += 1
            if answer == "202" { requests.removeFirst() } else { repeats += 1 }
        }
        guard !isPaused, let body = requests.first, doorPort != nil else { return }
        request = try door?.posting(URL(filePath: body), type: "application/x-ndjson")
    }
}
