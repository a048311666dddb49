import Events

/// Finds the elements of a JSON array without reading into them.
///
/// Only strings and nesting are followed; each element is validated afterwards, verbatim, where it
/// stands. An element that is not JSON shows there.
struct BatchSlicer {
    private var position = 0
    private var slices: [Range<Int>] = []

    /// Where the elements stand, without the white space around them.
    ///
    /// - Throws: `invalid-json` if the bytes are not one array.
    static func slices(of bytes: RawSpan) throws(Rejection) -> [Range<Int>] {
        var slicer = BatchSlicer()
        return try slicer.run(bytes)
    }

    private mutating func run(_ bytes: RawSpan) throws(Rejection) -> [Range<Int>] {
        skipBlanks(bytes)
        guard byte(bytes) == UInt8(ascii: "[") else {
            throw rejection("a batch is a JSON array, which begins with [")
        }
        position += 1
        skipBlanks(bytes)
        if byte(bytes) == UInt8(ascii: "]") {
            position += 1
        } else {
            while try element(bytes) {}
        }
        skipBlanks(bytes)
        guard position == bytes.byteCount else {
            throw rejection("there is something behind the array")
        }
        return slices
    }

    /// Passes one element and what ends it; false when that ended the array.
    private mutating func element(_ bytes: RawSpan) throws(Rejection) -> Bool {
        skipBlanks(bytes)
        let start = position
        try passValue(bytes)
        guard let end = byte(bytes) else { throw rejection("the array does not end") }
        var last = position
        while last > start, Self.isBlank(Self.load(bytes, last - 1)) { last -= 1 }
        guard last > start else { throw rejection("an element is missing") }
        slices.append(start..<last)
        position += 1
        return end == UInt8(ascii: ",")
    }

    /// Stops at the comma or bracket behind a value.
    private mutating func passValue(_ bytes: RawSpan) throws(Rejection) {
        var depth = 0
        while let next = byte(bytes) {
            switch next {
            case UInt8(ascii: "\""): try passString(bytes)
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0, next == UInt8(ascii: "]") { return }
                depth -= 1
                guard depth >= 0 else { throw rejection("a closing brace is out of place") }
            case UInt8(ascii: ",") where depth == 0: return
            default: break
            }
            position += 1
        }
    }

    /// Stops at the closing quote.
    private mutating func passString(_ bytes: RawSpan) throws(Rejection) {
        position += 1
        while let next = byte(bytes), next != UInt8(ascii: "\"") {
            position += next == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.byteCount else { throw rejection("a string does not end") }
    }

    private mutating func skipBlanks(_ bytes: RawSpan) {
        while let next = byte(bytes), Self.isBlank(next) { position += 1 }
    }

    private func byte(_ bytes: RawSpan) -> UInt8? {
        position < bytes.byteCount ? Self.load(bytes, position) : nil
    }

    private static func load(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
        unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private func rejection(_ detail: String) -> Rejection {
        Rejection(
            reason: .invalidJSON,
            pointer: slices.isEmpty ? "" : "/\(slices.count)",
            detail: "\(detail), at byte \(position)"
        )
    }
}
