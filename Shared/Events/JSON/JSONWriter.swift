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

    /// A member's name that needs no escaping.
    public mutating func key(_ name: StaticString) {
        string(name)
        colon()
    }

    /// A member's name.
    public mutating func key(_ name: String) {
        string(name)
        colon()
    }

    /// A member's name in UTF-8, which must be valid.
    public mutating func key(utf8 name: RawSpan) {
        string(utf8: name)
        colon()
    }

    /// A text that needs no escaping.
    public mutating func string(_ text: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        closeText()
    }

    /// A text.
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
    public mutating func integer(_ number: some BinaryInteger) {
        separate()
        if let small = Int(exactly: number), small >= 0 {
            bytes.append(decimal: small, digits: 1)
        } else {
            bytes.append(contentsOf: String(number).utf8)
        }
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

    private static func firstToEscape(_ text: RawSpan, from start: Int) -> Int {
        var index = start
        while index < text.byteCount {
            let word = text.word(index)
            let controls = (word &- 0x20 &* Word.ones) & ~word & Word.high
            let found =
                controls | Word.matches(word, UInt8(ascii: "\""))
                | Word.matches(word, UInt8(ascii: "\\"))
            if found != 0 {
                return min(index + found.trailingZeroBitCount / 8, text.byteCount)
            }
            index += 8
        }
        return text.byteCount
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
