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
        unsafe withUnsafeBytes(of: word.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    private static func word(_ bytes: [UInt8], at start: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in (start..<start + 8).reversed() { word = word << 8 | UInt64(bytes[index]) }
        return word
    }

    private static func encode(_ bytes: [UInt8], into text: inout [UInt8]) {
        let (alphabet, bytes) = (alphabet.span, bytes.span)
        text.append(addingCapacity: (bytes.count + 2) / 3 * 4) { text in
            func digit(_ group: UInt32, _ shift: UInt32) -> UInt8 {
                // Six bits are always one of the 64.
                unsafe alphabet[unchecked: Int(truncatingIfNeeded: group &>> shift & 63)]
            }
            var index = 0
            while index &+ 3 <= bytes.count {
                let group =
                    UInt32(bytes[index]) &<< 16 | UInt32(bytes[index &+ 1]) &<< 8
                    | UInt32(bytes[index &+ 2])
                text.append(digit(group, 18))
                text.append(digit(group, 12))
                text.append(digit(group, 6))
                text.append(digit(group, 0))
                index &+= 3
            }
            guard index < bytes.count else { return }
            let isLonger = index &+ 1 < bytes.count
            var group = UInt32(bytes[index]) &<< 16
            if isLonger { group |= UInt32(bytes[index &+ 1]) &<< 8 }
            text.append(digit(group, 18))
            text.append(digit(group, 12))
            text.append(isLonger ? digit(group, 6) : padding)
            text.append(padding)
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
