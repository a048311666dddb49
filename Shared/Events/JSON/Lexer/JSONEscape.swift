/// The escapes within a JSON text.
enum JSONEscape {
    /// The end of the escape whose backslash is at `offset`; surrogates must come in pairs.
    static func end(_ text: borrowing RawSpan, at offset: Int) throws(JSONFault) -> Int {
        switch text.byte(offset &+ 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return offset &+ 2
        case UInt8(ascii: "u"): break
        default: throw JSONFault(.badEscape, at: offset &+ 1)
        }
        let unit = try codeUnit(text, at: offset &+ 2)
        guard unit & 0xF800 == 0xD800 else { return offset &+ 6 }
        guard unit < 0xDC00, text.byte(offset &+ 6) == UInt8(ascii: "\\"),
            text.byte(offset &+ 7) == UInt8(ascii: "u")
        else { throw JSONFault(.loneSurrogate, at: offset) }
        guard try codeUnit(text, at: offset &+ 8) & 0xFC00 == 0xDC00 else {
            throw JSONFault(.loneSurrogate, at: offset)
        }
        return offset &+ 12
    }

    /// Appends what the bytes from `start` to `end` stand for; they must have been validated.
    static func decode(
        _ text: borrowing RawSpan,
        from start: Int,
        to end: Int,
        into output: inout [UInt8]
    ) {
        var index = start
        while index < end {
            let byte = text.byte(index)
            guard byte == UInt8(ascii: "\\") else {
                output.append(byte)
                index &+= 1
                continue
            }
            let letter = text.byte(index &+ 1)
            index &+= 2
            guard letter == UInt8(ascii: "u") else {
                output.append(simple(letter))
                continue
            }
            var value = hexadecimal(text, at: index) ?? 0xFFFD
            index &+= 4
            if value & 0xFC00 == 0xD800 {
                let low = hexadecimal(text, at: index &+ 2) ?? 0xDC00
                value = 0x10000 &+ (value & 0x3FF) << 10 &+ (low & 0x3FF)
                index &+= 6
            }
            append(value, to: &output)
        }
    }

    private static func codeUnit(_ text: borrowing RawSpan, at offset: Int) throws(JSONFault)
        -> UInt32
    {
        guard let value = hexadecimal(text, at: offset) else {
            throw JSONFault(.badEscape, at: offset)
        }
        return value
    }

    private static func hexadecimal(_ text: borrowing RawSpan, at offset: Int) -> UInt32? {
        var value: UInt32 = 0
        for index in offset..<offset &+ 4 {
            let byte = text.byte(index)
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte &- UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte &- UInt8(ascii: "a") &+ 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte &- UInt8(ascii: "A") &+ 10
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private static func simple(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "r"): 0x0D
        default: letter
        }
    }

    private static func append(_ value: UInt32, to output: inout [UInt8]) {
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
