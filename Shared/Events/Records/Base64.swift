/// Base64 (RFC 4648, section 4) of seen-marks, straight between words and text.
///
/// Restoring a partition decodes a million marks; going through Data or String views costs ten
/// times as much as the shifts below.
enum Base64 {
    /// The marks as one JSON string, quotes included.
    static func quoted(_ marks: ArraySlice<Hash128>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(marks.count * 16)
        for mark in marks {
            append(mark.low, to: &bytes)
            append(mark.high, to: &bytes)
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + 6)
        text.append(quote)
        encode(bytes, into: &text)
        text.append(quote)
        return text
    }

    /// The marks of a base64 text; nil when it is not base64 of whole marks.
    static func marks(_ text: String) -> [Hash128]? {
        var text = text
        let bytes: [UInt8]? = text.withUTF8 { digits in unsafe decode(digits.span) }
        guard let bytes, bytes.count.isMultiple(of: 16) else { return nil }
        var marks: [Hash128] = []
        marks.reserveCapacity(bytes.count / 16)
        for start in stride(from: 0, to: bytes.count, by: 16) {
            marks.append(
                Hash128(low: word(bytes, at: start), high: word(bytes, at: start + 8))
            )
        }
        return marks
    }

    private static let quote = UInt8(ascii: "\"")
    private static let padding = UInt8(ascii: "=")
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let invalid: UInt8 = 0xFF
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: invalid, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }

    private static func word(_ bytes: [UInt8], at start: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in (start..<start + 8).reversed() { word = word << 8 | UInt64(bytes[index]) }
        return word
    }

    private static func encode(_ bytes: [UInt8], into text: inout [UInt8]) {
        let alphabet = alphabet
        var index = 0
        while index < bytes.count {
            let remaining = min(3, bytes.count - index)
            var group = UInt32(bytes[index]) << 16
            if remaining > 1 { group |= UInt32(bytes[index + 1]) << 8 }
            if remaining > 2 { group |= UInt32(bytes[index + 2]) }
            text.append(alphabet[Int(group >> 18)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(remaining > 1 ? alphabet[Int(group >> 6 & 63)] : padding)
            text.append(remaining > 2 ? alphabet[Int(group & 63)] : padding)
            index += 3
        }
    }

    private static func decode(_ text: borrowing Span<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        let values = values
        var index = 0
        while index < text.count {
            let isLast = index + 4 == text.count
            let pads =
                !isLast || text[index + 3] != padding ? 0 : text[index + 2] == padding ? 2 : 1
            var group: UInt32 = 0
            for position in 0..<4 {
                let isPad = position >= 4 - pads
                let value = isPad ? 0 : values[Int(text[index + position])]
                guard value != invalid else { return nil }
                group = group << 6 | UInt32(value)
            }
            bytes.append(UInt8(truncatingIfNeeded: group >> 16))
            if pads < 2 { bytes.append(UInt8(truncatingIfNeeded: group >> 8)) }
            if pads < 1 { bytes.append(UInt8(truncatingIfNeeded: group)) }
            index += 4
        }
        return bytes
    }
}
