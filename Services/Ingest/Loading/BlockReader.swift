import Foundation
import ServiceKit
import Synchronization

/// Asks a running load to stop; from any thread, any number of times.
final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isRaised: Bool { flag.load(ordering: .relaxed) }

    func raise() { flag.store(true, ordering: .relaxed) }
}

/// Reads a file or standard input in blocks, on a queue of its own.
///
/// A read from a pipe may wait for hours, which must not hold a shared thread.
final class BlockReader: Sendable {
    /// What is read at once.
    static let blockByteCount = 1 << 20

    /// The name for messages.
    let name: String
    /// The file's size in bytes, nil when it has none, as a pipe.
    let size: Int64?
    private let descriptor: Int32
    private let stop: StopFlag
    private let queue = DispatchQueue(label: "cordon-ingest.read")

    /// Opens a file, or standard input for `-`.
    init(_ path: String, stop: StopFlag) throws(ToolFailure) {
        self.stop = stop
        name = path == "-" ? "standard input" : path
        descriptor = unsafe path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ToolFailure("cannot open \(path): \(Self.reason())")
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw ToolFailure("cannot open \(path): \(Self.reason())")
        }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFDIR else {
            throw ToolFailure("cannot read \(path): it is a directory")
        }
        size = kind == S_IFREG ? Int64(status.st_size) : nil
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// `rest` and what comes behind it in the file; no longer than `rest` at the end of the file
    /// or when the stop flag is up.
    func block(after rest: [UInt8]) async throws(ToolFailure) -> [UInt8] {
        let result: Result<[UInt8], ToolFailure> = await withCheckedContinuation { waiting in
            queue.async { waiting.resume(returning: self.read(after: rest)) }
        }
        return try result.get()
    }

    private func read(after rest: [UInt8]) -> Result<[UInt8], ToolFailure> {
        var failure: ToolFailure?
        let capacity = rest.count + Self.blockByteCount
        let block = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = unsafe buffer.initialize(fromContentsOf: rest)
            guard waitUntilReadable() else { return }
            let got = unsafe Foundation.read(
                descriptor,
                buffer.baseAddress?.advanced(by: count),
                Self.blockByteCount
            )
            if got < 0 {
                failure = ToolFailure("cannot read \(name): \(Self.reason())")
            } else {
                count += got
            }
        }
        return failure.map { .failure($0) } ?? .success(block)
    }

    /// False when the stop flag went up before there was anything to read.
    private func waitUntilReadable() -> Bool {
        while !stop.isRaised {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&request, 1, 100)
            if ready > 0 || (ready < 0 && errno != EINTR) { return true }
        }
        return false
    }

    private static func reason() -> String {
        unsafe String(cString: strerror(errno))
    }
}
