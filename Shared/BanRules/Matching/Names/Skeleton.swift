/// What is left of a name for an eye that reads fast: letters that look alike are one letter, and
/// gaps between words are gone.
///
/// Two names with the same skeleton look the same on a small screen: “Aliрay” with a Cyrillic р,
/// “A1ipay”, “Ali Pay”. A skeleton is only ever compared with another one.
enum Skeleton {
    /// What the digit one stands for: it looks like either letter.
    enum Stroke: UInt8 {
        case lowerL = 0x6C
        case lowerI = 0x69
    }

    /// Replaces the content of a buffer by the skeleton of folded words.
    static func make(
        of words: ArraySlice<UInt8>,
        one: Stroke = .lowerL,
        into skeleton: inout [UInt8]
    ) {
        skeleton.removeAll(keepingCapacity: true)
        for byte in words where byte != UInt8(ascii: " ") {
            guard byte < 0x80 else {
                skeleton = unicode(words, one: one, keepingGaps: false)
                return
            }
            skeleton.append(letter(byte, one: one))
        }
    }

    /// The folded words with letters that look alike made one, gaps kept.
    static func aligned(_ words: ArraySlice<UInt8>, one: Stroke = .lowerL) -> [UInt8] {
        words.allSatisfy { $0 < 0x80 }
            ? words.map { letter($0, one: one) } : unicode(words, one: one, keepingGaps: true)
    }

    private static func unicode(_ words: ArraySlice<UInt8>, one: Stroke, keepingGaps: Bool)
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        for scalar in String(decoding: words, as: UTF8.self).unicodeScalars {
            if scalar == " ", !keepingGaps { continue }
            if scalar.isASCII {
                bytes.append(letter(UInt8(scalar.value), one: one))
            } else if let twin = twins[scalar] {
                bytes.append(letter(twin, one: one))
            } else {
                bytes.append(contentsOf: String(scalar).utf8)
            }
        }
        return bytes
    }

    /// Digits that stand in for letters.
    @inline(__always)
    private static func letter(_ byte: UInt8, one: Stroke) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0"): UInt8(ascii: "o")
        case UInt8(ascii: "1"): one.rawValue
        case UInt8(ascii: "3"): UInt8(ascii: "e")
        case UInt8(ascii: "4"): UInt8(ascii: "a")
        case UInt8(ascii: "5"): UInt8(ascii: "s")
        default: byte
        }
    }

    /// Lower-case letters of other scripts that they, or their capitals, share with Latin ones.
    private static let twins: [Unicode.Scalar: UInt8] = {
        let pairs: [(String, String)] = [
            // Cyrillic
            ("авсеёһіїјкмнорѕтухѡԁԛԝ", "abceehiijkmhopstyxwdqw"),
            // Greek, by the capitals where they and the small letters part ways
            ("αβεζηικμνορτυχω", "abezhikmnoptyxw"),
            // Armenian, and Latin letters with a form of their own
            ("օսհɑɡɩ", "ouhagi"),
        ]
        var twins: [Unicode.Scalar: UInt8] = [:]
        for (others, latin) in pairs {
            for (other, twin) in zip(others.unicodeScalars, latin.utf8) { twins[other] = twin }
        }
        return twins
    }()
}
