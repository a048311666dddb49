/// The tokens of RFC 8259, read strictly: where one begins goes in, where it ends comes out.
///
/// Bytes beyond the end read as NUL, which fits no token, so no loop needs a bound of its own.
enum JSONLexer {
    /// What a text holds besides plain ASCII.
    struct Traits: OptionSet, BitwiseCopyable {
        let rawValue: UInt8

        /// A backslash: the bytes are not the text itself.
        static let escaped = Traits(rawValue: 1)
        /// U+007F, which JSON allows raw and known members do not.
        static let delete = Traits(rawValue: 2)
    }

    /// The end of a text, behind its closing quote, and its traits.
    struct Text: BitwiseCopyable {
        var end: Int
        var traits: Traits
    }

    /// The first byte from `offset` on that is not white space.
    @inline(__always)
    static func afterSpace(_ text: borrowing RawSpan, _ offset: Int) -> Int {
        // Compact JSON has none, so the common answer is the offset itself.
        text.byte(offset) > 0x20 ? offset : afterManySpaces(text, offset)
    }

    @inline(never)
    private static func afterManySpaces(_ text: borrowing RawSpan, _ offset: Int) -> Int {
        var index = offset
        while true {
            switch text.byte(index) {
            case 0x20, 0x09, 0x0A, 0x0D: index &+= 1
            default: return index
            }
        }
    }

    /// Reads the text whose first byte, behind the opening quote, is at `start`.
    @inline(__always)
    static func text(_ text: borrowing RawSpan, from start: Int) throws(JSONFault) -> Text {
        let stop = firstSpecial(text, from: start)
        if text.byte(stop) == UInt8(ascii: "\"") { return Text(end: stop &+ 1, traits: []) }
        return try unusualText(text, from: stop)
    }

    /// The first byte that is not plain, or one of the last sixteen.
    @inline(__always)
    private static func firstSpecial(_ text: borrowing RawSpan, from start: Int) -> Int {
        var index = start
        while index &+ 16 <= text.byteCount {
            let found = special(text.block(index))
            if found[0] | found[1] != 0 {
                return found[0] != 0
                    ? index &+ found[0].trailingZeroBitCount >> 3
                    : index &+ 8 &+ found[1].trailingZeroBitCount >> 3
            }
            index &+= 16
        }
        return index
    }

    private typealias Block = SIMD16<Int8>

    /// Marks the bytes that are not plain: a quote, a backslash, a control character, U+007F or
    /// a part of a longer sequence.
    @inline(__always)
    private static func special(_ block: Block) -> SIMD2<UInt64> {
        // Flipping bit 1 moves the quote, 0x22, next to the control characters and the space out
        // of the way; bytes of longer sequences are negative.
        // Both sides are spelled out as this vector type: the operators that take a scalar, or an
        // inferred vector, are loops over lanes.
        let low = (block ^ Block(repeating: 2)) .< Block(repeating: 0x21)
        let backslash = block .== Block(repeating: 0x5C)
        let delete = block .== Block(repeating: 0x7F)
        let mask = low .| backslash .| delete
        return unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    }

    /// The same for eight bytes: the high bit of the first one; bits above it mean nothing.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        // Differences borrow and the sum carries only out of bytes that are special themselves.
        let low = (word ^ (0x02 &* Word.ones)) &- 0x21 &* Word.ones
        let backslash = (word ^ (0x5C &* Word.ones)) &- Word.ones
        let delete = word &+ Word.ones
        return (low | backslash | delete | word) & Word.high
    }

    /// Reads on at a byte that is not plain or near the end of everything.
    @inline(never)
    private static func unusualText(
        _ text: borrowing RawSpan,
        from start: Int
    ) throws(JSONFault) -> Text {
        var index = start
        var traits: Traits = []
        while true {
            let byte = text.byte(index)
            switch byte {
            case UInt8(ascii: "\""): return Text(end: index &+ 1, traits: traits)
            case UInt8(ascii: "\\"):
                guard index &+ 1 < text.byteCount else { throw JSONFault(.openText, at: index) }
                index = try JSONEscape.end(text, at: index)
                traits.insert(.escaped)
            case 0x80...:
                index = try afterScalar(text, index)
            case 0x7F:
                traits.insert(.delete)
                index &+= 1
            case 0..<0x20:
                let isEnd = index >= text.byteCount
                throw JSONFault(isEnd ? .openText : .controlCharacter, at: index)
            default:
                let found = special(text.word(index))
                index &+= found == 0 ? 8 : found.trailingZeroBitCount >> 3
            }
        }
    }

    /// The end of the UTF-8 sequence of more than one byte at `offset`; Unicode table 3-7.
    private static func afterScalar(
        _ text: borrowing RawSpan,
        _ offset: Int
    ) throws(JSONFault) -> Int {
        let lead = text.byte(offset)
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: throw JSONFault(.badUTF8, at: offset)
        }
        guard second.contains(text.byte(offset &+ 1)) else { throw JSONFault(.badUTF8, at: offset) }
        for index in 2..<4 where index < length {
            guard text.byte(offset &+ index) & 0xC0 == 0x80 else {
                throw JSONFault(.badUTF8, at: offset)
            }
        }
        return offset &+ length
    }
}
