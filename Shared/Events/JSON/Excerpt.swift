/// Short, printable pieces of input for the detail of a rejection.
enum Excerpt {
    /// How many bytes of input a detail may repeat.
    private static let byteLimit = 48

    /// One byte, for a person.
    static func byte(_ text: RawSpan, at offset: Int) -> String {
        guard offset < text.byteCount else { return "the end" }
        let byte = text.byte(offset)
        if byte > 0x20, byte < 0x7F {
            return "'\(Unicode.Scalar(byte))'"
        }
        return "byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// The beginning of a stretch of input, with everything but printable ASCII as a dot.
    static func text(_ text: RawSpan) -> String {
        var shown = ""
        for index in 0..<min(text.byteCount, byteLimit) {
            let byte = text.byte(index)
            let isPrintable = byte >= 0x20 && byte < 0x7F
            shown.unicodeScalars.append(Unicode.Scalar(isPrintable ? byte : UInt8(ascii: ".")))
        }
        return text.byteCount > byteLimit ? shown + "…" : shown
    }
}
