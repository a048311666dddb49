/// Writes compact JSON into an array of bytes, with the commas in the right places.
///
/// It trusts its caller with the grammar: a key before every value of an object, an end for every
/// beginning. Escapes only what RFC 8259 demands: `"`, `\` and what is below U+0020.
public struct JSONWriter: Sendable {
    /// What has been written.
    public var bytes: [UInt8]
    private var needsComma = false

    /// A writer with room for that many bytes.
    public init(reserving capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Begins a new text, keeping the memory if asked to.
    public mutating func removeAll(keepingCapacity: Bool = true) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        needsComma = false
    }

    /// Begins another document behind the ones already written, without a comma between them.
    public mutating func beginDocument() {
        needsComma = false
    }

    /// Opens an object.
    public mutating func beginObject() {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    /// Closes an object.
    public mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Opens an array.
    public mutating func beginArray() {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    /// Closes an array.
    public mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// A member's name that needs no escaping; what a literal is taken for.
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        colon()
    }

    /// A member's name.
    @_disfavoredOverload
    public mutating func key(_ name: String) {
        string(name)
        colon()
    }

    /// A member's name in UTF-8, which must be valid.
    public mutating func key(utf8 name: RawSpan) {
        string(utf8: name)
        colon()
    }

    /// A text; what a literal is taken for.
    public mutating func string(_ text: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8Buffer { unsafe appendEscaped($0.span.bytes) }
        closeText()
    }

    /// A text.
    @_disfavoredOverload
    public mutating func string(_ text: String) {
        unsafe string(utf8: text.utf8Span.span.bytes)
    }

    /// A text in UTF-8, which must be valid.
    public mutating func string(utf8 text: RawSpan) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        appendEscaped(text)
        closeText()
    }

    /// A day as `YYYY-MM-DD`.
    public mutating func string(_ day: Day) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        day.append(to: &bytes)
        closeText()
    }

    /// An instant as RFC 3339 in UTC.
    public mutating func string(_ time: Timestamp) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        time.append(to: &bytes)
        closeText()
    }

    /// A country's two letters.
    public mutating func string(_ country: CountryCode) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(truncatingIfNeeded: country.rawValue >> 8))
        bytes.append(UInt8(truncatingIfNeeded: country.rawValue))
        closeText()
    }

    /// One JSON value, written as it is.
    public mutating func raw(_ value: RawSpan) {
        separate()
        unsafe value.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        needsComma = true
    }

    /// One JSON value, written as it is.
    public mutating func raw(_ value: [UInt8]) {
        unsafe raw(value.span.bytes)
    }

    /// A whole number.
    @inlinable
    public mutating func integer(_ number: some BinaryInteger) {
        // Inlined, so that no other module pays for the generic.
        if let exact = Int64(exactly: number) {
            integer(exact)
        } else {
            raw(Array(String(number).utf8))
        }
    }

    /// A whole number.
    public mutating func integer(_ number: Int64) {
        separate()
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: number.magnitude, digits: 1)
        needsComma = true
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        literal(value ? "true" : "false")
    }

    /// `null`.
    public mutating func null() {
        literal("null")
    }
}

extension JSONWriter {
    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func colon() {
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    @inline(__always)
    private mutating func closeText() {
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func literal(_ word: StaticString) {
        separate()
        word.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        needsComma = true
    }

    /// Copies whole stretches between the bytes that must be escaped.
    private mutating func appendEscaped(_ text: RawSpan) {
        var start = 0
        while true {
            let stop = Self.firstToEscape(text, from: start)
            if stop > start {
                let stretch = text.extracting(start..<stop)
                unsafe stretch.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
            }
            guard stop < text.byteCount else { return }
            appendEscape(text.byte(stop))
            start = stop + 1
        }
    }

    /// The first byte from `start` on that must be escaped, the end if there is none.
    private static func firstToEscape(_ text: RawSpan, from start: Int) -> Int {
        let end = text.byteCount
        var index = start
        while index &+ 8 <= end {
            let found = toEscape(text.word(index))
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        if index < end, end &- start >= 8 {
            // The last word overlaps bytes in which nothing was found.
            let found = toEscape(text.word(end &- 8))
            return found == 0 ? end : end &- 8 &+ found.trailingZeroBitCount >> 3
        }
        while index < end, toEscape(UInt64(text.byte(index)) &* Word.ones) == 0 {
            index &+= 1
        }
        return index
    }

    /// The high bit of the first byte that must be escaped; bits above it mean nothing.
    @inline(__always)
    private static func toEscape(_ word: UInt64) -> UInt64 {
        let low = (word ^ (0x02 &* Word.ones)) &- 0x21 &* Word.ones
        let backslash = (word ^ (0x5C &* Word.ones)) &- Word.ones
        return (low | backslash) & ~word & Word.high
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            let low = byte & 0xF
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
