import Foundation
import TestSupport

/// The broker under the tests, as far as it may be handled roughly: only one that was started for
/// the run.
final class ChaosBroker {
    private var pid: Int32?
    private let command: [String]
    private let port: String
    private var successor: Program?

    /// From `CORDON_TEST_BROKER_PID` and `CORDON_TEST_BROKER_COMMAND`, which a script sets that
    /// started the broker for this run alone.
    init() {
        let environment = ProcessInfo.processInfo.environment
        pid = environment["CORDON_TEST_BROKER_PID"].flatMap { Int32($0) }
        command = (environment["CORDON_TEST_BROKER_COMMAND"] ?? "").split(separator: " ")
            .map(String.init)
        port = environment["CORDON_TEST_BROKER"]?.split(separator: ":").last.map(String.init) ?? ""
    }

    /// Whether it may be stopped at all.
    var isOurs: Bool { pid != nil || successor != nil }
    /// Whether it may be stopped and started again.
    var isRestartable: Bool { isOurs && !command.isEmpty }

    func signal(_ number: Int32) {
        if let successor { return successor.signal(number) }
        if let pid { _ = kill(pid, number) }
    }

    /// Stops it as an operator would and starts it on the same data and port.
    func restart() async throws {
        signal(SIGTERM)
        if let successor {
            _ = try await successor.exitStatus(within: .seconds(120))
        } else if let pid {
            try await waitUntil("the broker to stop", within: .seconds(120)) { kill(pid, 0) != 0 }
        }
        pid = nil
        successor = try Program(command[0], Array(command.dropFirst()))
    }

    /// A wire to the broker that can be made slow and cut, if it is ours: a cluster has several
    /// places and a wire only one.
    func wire() throws -> SlowWire? {
        isOurs ? try SlowWire(to: "127.0.0.1:" + port) : nil
    }
}
