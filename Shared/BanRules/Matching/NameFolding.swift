// Unicode normalisation is the one thing here that the standard library does not have.
internal import Foundation

/// What of a name counts when names are compared.
///
/// Compatibility forms (full-width letters, ligatures), case, accents, punctuation, symbols, white
/// space and invisible characters do not count; letters and digits of every script and `+` do.
/// Marks that are part of the spelling, such as Indic vowel signs and Japanese voicing, stay.
enum NameFolding {
    /// The folded name in UTF-8; empty if nothing of it counts.
    ///
    /// For ASCII this is what ``ASCIIFolding`` gives byte by byte.
    static func fold(_ text: String) -> [UInt8] {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return foldUnicode(text) }
        return text.utf8.map(ASCIIFolding.lowercased).filter(ASCIIFolding.countsInName)
    }

    /// The folded name of any text, by the Unicode properties of what it consists of.
    static func foldUnicode(_ text: String) -> [UInt8] {
        var folded = String.UnicodeScalarView()
        let spelled = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isBrand($0) }))
        for scalar in spelled.decomposedStringWithCompatibilityMapping.unicodeScalars
        where counts(scalar) {
            folded.append(contentsOf: caseless(scalar).unicodeScalars)
        }
        // Case mapping may bring marks back, so they are dropped once more before composing.
        let settled = String(folded).decomposedStringWithCompatibilityMapping.unicodeScalars
        let kept = String(String.UnicodeScalarView(settled.filter(counts)))
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

    private static func counts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .spacingMark:
            true
        case .nonspacingMark, .enclosingMark:
            !accents.contains { $0.contains(scalar.value) }
        default:
            scalar == "+"
        }
    }

    /// Combining marks that only adorn a letter, and variation selectors.
    private static let accents: [ClosedRange<UInt32>] = [
        0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE00...0xFE0F,
        0xFE20...0xFE2F, 0xE0100...0xE01EF,
    ]
}
