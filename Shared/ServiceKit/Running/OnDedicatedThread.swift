import Foundation

/// Runs a blocking body on a thread of its own and waits for it without blocking a shared one.
///
/// For loops around C calls, which must never hold a thread of Swift's cooperative pool. The
/// waiting task's cancellation does not end the body: give it a flag to look at.
///
/// - Parameters:
///   - name: the thread's name for debuggers; Linux keeps the first 15 bytes.
///   - body: runs once, on the new thread.
/// - Returns: what the body returns.
/// - Throws: what the body throws.
public func onDedicatedThread<Result: Sendable>(
    named name: String,
    _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
            #if os(Linux)
                // `Thread.name` is lost as long as Foundation does not know the system's thread,
                // which it learns beside the thread's first steps.
                let file = FileHandle(forWritingAtPath: "/proc/thread-self/comm")
                try? file?.write(contentsOf: Data(name.utf8))
            #else
                Thread.current.name = name
            #endif
            continuation.resume(with: Swift.Result(catching: body))
        }
        thread.start()
    }
}
