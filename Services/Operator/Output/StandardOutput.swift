import ArgumentParser
import ServiceKit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Standard output, written in large pieces, that ends the tool quietly when nobody reads on.
///
/// `cordon alerts | head` closes the pipe early; that is how the reader says "enough" and no error.
struct StandardOutput {
    private var pending: [UInt8] = []
    private static let pieceByteCount = 65_536

    init() {
        pending.reserveCapacity(Self.pieceByteCount)
    }

    /// Makes a closed pipe an error of `write` instead of a signal; before the first write.
    static func survivePipeEnd() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Prints all of a text at once.
    static func print(_ text: String) throws {
        var output = StandardOutput()
        try output.write(text)
        try output.flush()
    }

    /// Adds text; it may wait for `flush`.
    mutating func write(_ text: String) throws {
        pending.append(contentsOf: text.utf8)
        if pending.count >= Self.pieceByteCount { try flush() }
    }

    /// Adds bytes; they may wait for `flush`.
    mutating func write(_ bytes: RawSpan) throws {
        unsafe bytes.withUnsafeBytes { unsafe pending.append(contentsOf: $0) }
        if pending.count >= Self.pieceByteCount { try flush() }
    }

    /// Hands everything to the system.
    ///
    /// - Throws: `ExitCode.success` when the reader has gone, a ``ToolFailure`` for other errors.
    mutating func flush() throws {
        var start = 0
        while start < pending.count {
            let count = unsafe pending.withUnsafeBytes { bytes in
                unsafe Self.write(UnsafeRawBufferPointer(rebasing: bytes[start...]))
            }
            if count < 0 {
                guard errno != EINTR else { continue }
                pending.removeAll(keepingCapacity: true)
                guard errno != EPIPE else { throw ExitCode.success }
                let reason = unsafe String(cString: strerror(errno))
                throw ToolFailure("standard output cannot be written: \(reason)")
            }
            start += count
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            return unsafe Darwin.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
        #else
            return unsafe Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
        #endif
    }
}
