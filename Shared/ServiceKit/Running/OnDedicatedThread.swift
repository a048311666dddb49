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
            // A name given before the start would not reach the system's thread on Linux.
            Thread.current.name = name
            continuation.resume(with: Swift.Result(catching: body))
        }
        thread.start()
    }
}
