public import Foundation

/// A real executable in a process of its own: one of this package's products, or one of the system.
///
/// What it prints goes to files, so that a silent reader never holds it up. A program still running
/// when its last reference goes away is killed. Not Sendable: it belongs to one test.
public final class Program {
    /// The executable's name.
    public let name: String
    private let process: Process
    private let folder: URL

    /// Starts it.
    ///
    /// - Parameters:
    ///   - name: Looked for among the built products, then on the `PATH`.
    ///   - environment: Added to `PATH`, `HOME` and the mark of this run; no more is inherited.
    ///   - input: What it reads on standard input.
    public init(
        _ name: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: [UInt8] = []
    ) throws {
        self.name = name
        folder = FileManager.default.temporaryDirectory.appending(
            path: "cordon-" + UUID().uuidString
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (file, bytes) in [("in", input), ("out", []), ("err", [])] {
            try Data(bytes).write(to: folder.appending(path: file))
        }
        process = Process()
        process.executableURL = try Self.locate(name)
        process.arguments = arguments
        process.environment = Self.inherited.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        try Self.withoutBlockedSignals { try process.run() }
    }

    /// Threads of a pool block signals, and a program inherits what the thread blocks that starts
    /// it: it would never hear of SIGTERM.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    deinit {
        if process.isRunning { kill() }
        try? FileManager.default.removeItem(at: folder)
    }

    /// What it printed on standard output up to now; bytes that are not UTF-8 are replaced.
    public var output: String { String(decoding: outputBytes, as: UTF8.self) }

    /// What it printed on standard output up to now.
    public var outputBytes: [UInt8] { read("out") }

    /// What it printed on standard error up to now.
    public var errors: String { String(decoding: read("err"), as: UTF8.self) }

    /// The number the system knows it by.
    public var processID: Int32 { process.processIdentifier }

    /// Whether it has not ended yet.
    public var isRunning: Bool { process.isRunning }

    /// Asks it to stop, with SIGTERM.
    public func terminate() { signal(SIGTERM) }

    /// Ends it on the spot, with SIGKILL.
    public func kill() { signal(SIGKILL) }

    /// Sends it a signal.
    public func signal(_ number: Int32) { _ = Foundation.kill(process.processIdentifier, number) }

    /// How it ended, as ``exitStatus(within:)`` says; nil while it runs.
    public var status: Int32? {
        guard !process.isRunning else { return nil }
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? -status : status
    }

    /// Waits for its end and says how it ended: the exit code, or minus the signal's number.
    ///
    /// - Throws: ``WaitTimeLimitExceeded``.
    public func exitStatus(within timeLimit: Duration = .seconds(60)) async throws -> Int32 {
        try await waitUntil("\(name) to end; it said: \(errors.suffix(2_000))", within: timeLimit) {
            !process.isRunning
        }
        return self.status ?? 0
    }

    private func read(_ file: String) -> [UInt8] {
        (try? Data(contentsOf: folder.appending(path: file))).map(Array.init) ?? []
    }

    // MARK: - Places

    /// `CORDON_TEST_RUN` marks what a run started, so that its script can end what a crash left.
    private static let inherited = ProcessInfo.processInfo.environment.filter {
        ["PATH", "HOME", "CORDON_TEST_RUN"].contains($0.key)
    }.merging([
        "SWIFT_BACKTRACE": "threads=crashed,registers=none,images=none,cache=no"
    ]) { $1 }

    /// Where a product or a program of the system is: the products stand beside the test bundle, or
    /// where `CORDON_TEST_PRODUCTS` says.
    public static func locate(_ name: String) throws -> URL {
        guard !name.hasPrefix("/") else { return URL(filePath: name) }
        let given = ProcessInfo.processInfo.environment["CORDON_TEST_PRODUCTS"]
        let products =
            given.map { URL(filePath: $0) }
            ?? Bundle.main.executableURL?.deletingLastPathComponent()
        let path = inherited["PATH"] ?? "/usr/bin:/bin"
        let folders =
            [products].compactMap { $0 }
            + path.split(separator: ":").map {
                URL(filePath: String($0))
            }
        let candidates = folders.map { $0.appending(path: name) }
        guard
            let found = candidates.first(where: {
                FileManager.default.isExecutableFile(atPath: $0.path)
            })
        else { throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: name]) }
        return found
    }
}
