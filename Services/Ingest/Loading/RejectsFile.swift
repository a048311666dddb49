import Events
import Foundation
import ServiceKit

/// Keeps what was rejected, one JSON object a line, so that it can be mended and loaded again.
final class RejectsFile {
    private static let bufferByteCount = 1 << 16

    private let path: String
    private let handle: FileHandle
    private var writer = JSONWriter(reserving: bufferByteCount)

    /// Makes or empties the file; what is there already, such as a link or a device, stays what it
    /// is.
    init(_ path: String) throws(ToolFailure) {
        self.path = path
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ToolFailure("cannot write \(path): \(unsafe String(cString: strerror(errno)))")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Adds a record: as text if it is UTF-8, else in base64.
    func add(
        file: String,
        line: Int64,
        rejection: Rejection,
        record: RawSpan
    ) throws(ToolFailure) {
        writer.beginDocument()
        writer.beginObject()
        writer.key("file")
        writer.string(file)
        writer.key("line")
        writer.integer(line)
        writer.key("pointer")
        writer.string(rejection.pointer)
        writer.key("reason")
        writer.string(rejection.reason.rawValue)
        writer.key("detail")
        writer.string(rejection.detail)
        write(record: record)
        writer.endObject()
        writer.bytes.append(UInt8(ascii: "\n"))
        if writer.bytes.count >= Self.bufferByteCount { try flush() }
    }

    /// Writes what is still in memory.
    func flush() throws(ToolFailure) {
        do {
            try handle.write(contentsOf: Data(writer.bytes))
        } catch {
            throw ToolFailure("cannot write \(path): \(error.localizedDescription)")
        }
        writer.removeAll(keepingCapacity: true)
    }

    private func write(record: RawSpan) {
        let bytes = unsafe record.withUnsafeBytes { unsafe Array($0) }
        if let text = String(validating: bytes, as: UTF8.self) {
            writer.key("record")
            writer.string(text)
        } else {
            writer.key("recordBase64")
            writer.string(Data(bytes).base64EncodedString())
        }
    }
}
