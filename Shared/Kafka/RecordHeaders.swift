/// Headers for a record to send, in order; a name may occur more than once.
///
/// All bytes stand in one buffer, so that reusing a value with `removeAll` allocates nothing.
public struct RecordHeaders: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        var nameEnd: Int
        var valueEnd: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []

    /// Begins without headers.
    public init() {}

    /// How many headers there are.
    public var count: Int { entries.count }

    /// Whether there are none.
    public var isEmpty: Bool { entries.isEmpty }

    /// Appends a header with a text value.
    public mutating func append(_ name: String, _ value: String) {
        append(name) { $0.append(contentsOf: value.utf8) }
    }

    /// Appends a header with bytes, which need not be UTF-8.
    public mutating func append(_ name: String, _ value: [UInt8]) {
        append(name) { $0.append(contentsOf: value) }
    }

    /// Appends a header with a copy of the span's bytes.
    public mutating func append(_ name: String, _ value: RawSpan) {
        append(name) { buffer in
            value.withUnsafeBytes { buffer.append(contentsOf: $0) }
        }
    }

    /// Drops all headers and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ name: String, _ write: (inout [UInt8]) -> Void) {
        bytes.append(contentsOf: name.utf8)
        let nameEnd = bytes.count
        write(&bytes)
        entries.append(Entry(nameEnd: nameEnd, valueEnd: bytes.count))
    }
}
