/// Where a word may begin or end within folded words.
enum WordBorders {
    /// Marks every offset, the end included: next to a space, and next to a sign of a script that
    /// writes words without gaps.
    static func mark(_ words: ArraySlice<UInt8>, into borders: inout [Bool]) {
        borders.removeAll(keepingCapacity: true)
        borders.append(contentsOf: repeatElement(false, count: words.count + 1))
        borders[0] = true
        borders[words.count] = true
        var isASCII = true
        for (offset, byte) in words.enumerated() {
            if byte == UInt8(ascii: " ") {
                borders[offset] = true
                borders[offset + 1] = true
            }
            isASCII = isASCII && byte < 0x80
        }
        guard !isASCII else { return }
        var offset = 0
        for scalar in String(decoding: words, as: UTF8.self).unicodeScalars {
            let length = UTF8.width(scalar)
            if offset + length <= words.count, isGapless(scalar) {
                borders[offset] = true
                borders[offset + length] = true
            }
            offset += length
        }
    }

    /// Han, kana and Thai; Korean has gaps.
    private static func isGapless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
