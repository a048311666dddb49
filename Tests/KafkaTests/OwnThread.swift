import Testing

@testable import Kafka

/// Runs each test on threads of its own: these tests block in C calls, and the task pool has no
/// more threads than the machine has cores, so that they would wait for each other.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    @concurrent
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(ThreadPerJob()) {
            try await function()
        }
    }
}

extension Trait where Self == OwnThread {
    static var ownThread: OwnThread { OwnThread() }
}

/// Starts a thread for every step that a task takes.
private final class ThreadPerJob: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        let isStarted = NativeThread.start {
            unowned.runSynchronously(on: self.asUnownedTaskExecutor())
        }
        precondition(isStarted, "the system has no thread to give")
    }
}
