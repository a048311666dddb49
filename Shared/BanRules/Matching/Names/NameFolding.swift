// Unicode normalisation is the one thing here that the standard library does not have.
internal import Foundation

/// What of a name counts when names are compared: its words.
///
/// Compatibility forms (full-width letters, ligatures), case, accents and invisible characters do
/// not count. Punctuation, symbols and white space end a word and count no further: “We-Chat” and
/// “we chat” are the same two words, “WeChat” is another, single one. Letters and digits of every
/// script and `+` make words. Marks that are part of the spelling, such as Indic vowel signs and
/// Japanese voicing, stay.
enum NameFolding {
    private static let space = UInt8(ascii: " ")

    /// The words of a name in UTF-8 with a space between two of them; empty if there is none.
    static func fold(_ text: String) -> [UInt8] {
        var words: [UInt8] = []
        let bytes = Array(text.utf8)
        unsafe fold(bytes.span.bytes, into: &words)
        return words
    }

    /// Replaces the content of a buffer by the words of a name; ASCII allocates nothing once the
    /// buffer is large enough.
    static func fold(_ text: RawSpan, into words: inout [UInt8]) {
        words.removeAll(keepingCapacity: true)
        var isBorder = false
        for offset in 0..<text.byteCount {
            let byte = ASCIIFolding.lowercased(text.octet(offset))
            guard byte < 0x80 else {
                words = foldUnicode(String(decoding: text.copied(), as: UTF8.self))
                return
            }
            guard ASCIIFolding.countsInName(byte) else {
                isBorder = true
                continue
            }
            if isBorder, !words.isEmpty { words.append(space) }
            isBorder = false
            words.append(byte)
        }
    }

    /// The words of any text, by the Unicode properties of what it consists of.
    static func foldUnicode(_ text: String) -> [UInt8] {
        var folded = String.UnicodeScalarView()
        let spelled = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isBrand($0) }))
        var isBorder = false
        for scalar in spelled.decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch role(of: scalar) {
            case .counts:
                if isBorder, !folded.isEmpty { folded.append(" ") }
                isBorder = false
                folded.append(contentsOf: caseless(scalar).unicodeScalars)
            case .vanishes: continue
            case .separates: isBorder = true
            }
        }
        // Case mapping may bring marks back, so they are dropped once more before composing.
        let settled = String(folded).decomposedStringWithCompatibilityMapping.unicodeScalars
        let kept = String(
            String.UnicodeScalarView(settled.filter { $0 == " " || role(of: $0) == .counts })
        )
        return Array(kept.precomposedStringWithCompatibilityMapping.utf8)
    }

    /// Lower case by way of upper case, which unites letters that lower case alone keeps apart,
    /// such as ß and ss.
    private static func caseless(_ scalar: Unicode.Scalar) -> String {
        scalar.properties.lowercaseMapping.uppercased().lowercased()
    }

    /// Trade marks would otherwise become letters.
    private static func isBrand(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{2122}" || scalar == "\u{2120}"
    }

    private enum Role {
        case counts, vanishes, separates
    }

    private static func role(of scalar: Unicode.Scalar) -> Role {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .spacingMark:
            .counts
        case .nonspacingMark, .enclosingMark:
            accents.contains { $0.contains(scalar.value) } ? .vanishes : .counts
        case .format: .vanishes
        default: scalar == "+" ? .counts : .separates
        }
    }

    /// Combining marks that only adorn a letter, and variation selectors.
    private static let accents: [ClosedRange<UInt32>] = [
        0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE00...0xFE0F,
        0xFE20...0xFE2F, 0xE0100...0xE01EF,
    ]
}
