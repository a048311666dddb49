import Foundation
import TestSupport

/// The wall clock of the services under test, which may jump while they run.
///
/// Programs that still run when it goes away keep the time they have.
final class WallClock {
    private let file: URL
    /// What makes a program go by this clock.
    let environment: [String: String]
    private var offset = Duration.zero
    /// Whether it has ever been set back.
    private(set) var wasSetBack = false

    init() throws {
        file = FileManager.default.temporaryDirectory.appending(
            path: "cordon-clock-" + UUID().uuidString
        )
        try Data(count: MemoryLayout<Int64>.size).write(to: file)
        environment = [
            "LD_PRELOAD": try Program.locate("libClockJump.so").path,
            "CORDON_TEST_CLOCK": file.path,
        ]
    }

    /// Sets the clock ahead of the machine's, or behind.
    func set(aheadBy offset: Duration) throws {
        if offset < self.offset { wasSetBack = true }
        self.offset = offset
        let milliseconds = Int64(offset / .milliseconds(1))
        // In place: the programs have the file mapped.
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        let bytes = unsafe withUnsafeBytes(of: milliseconds) { unsafe Data($0) }
        try handle.write(contentsOf: bytes)
    }

    deinit { try? FileManager.default.removeItem(at: file) }
}
