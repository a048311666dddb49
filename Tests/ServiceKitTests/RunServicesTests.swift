import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import ServiceKit

@Suite struct RunServicesTests {
    /// Keeps what happened, in order.
    final class Diary: Sendable {
        private let lines = Mutex<[String]>([])
        var entries: [String] { lines.withLock { $0 } }
        func note(_ line: String) { lines.withLock { $0.append(line) } }
    }

    struct Waiter: Service {
        let name: String
        let diary: Diary

        func run() async throws {
            try? await gracefulShutdown()
            diary.note("\(name) stopped")
        }
    }

    struct Ender: Service {
        let error: ToolFailure?

        func run() async throws {
            if let error { throw error }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a service that ends stops the others in reverse order`() async throws {
        let diary = Diary()
        try await runServices(
            [
                Waiter(name: "first", diary: diary), Waiter(name: "second", diary: diary),
                Ender(error: nil),
            ],
            logger: Logger(label: "test"),
            gracefulLimit: .seconds(20)
        )
        #expect(diary.entries == ["second stopped", "first stopped"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a service that fails stops the others and its error is thrown`() async {
        let diary = Diary()
        let error = await #expect(throws: ToolFailure.self) {
            try await runServices(
                [Waiter(name: "first", diary: diary), Ender(error: ToolFailure("broken"))],
                logger: Logger(label: "test"),
                gracefulLimit: .seconds(20)
            )
        }
        #expect(error?.message == "broken")
        #expect(diary.entries == ["first stopped"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a blocking body runs on a thread of its own and gives back what it returns`()
        async throws
    {
        let name = try await onDedicatedThread(named: "screening-3") {
            #if os(Linux)
                try String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
            #else
                Thread.current.name.map { $0 + "\n" }
            #endif
        }
        #expect(name == "screening-3\n")
        await #expect(throws: ToolFailure.self) {
            try await onDedicatedThread(named: "x") { throw ToolFailure("no") }
        }
    }
}
