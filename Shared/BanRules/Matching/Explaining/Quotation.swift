/// Texts of an event within a sentence.
enum Quotation {
    /// No more of a text is repeated, in Unicode scalars.
    static let limit = 80

    /// The text in quotation marks, bounded, on one line, without quotation marks that would end
    /// it early and without invisible characters that could turn the sentence around.
    static func of(_ text: String) -> String {
        if text.utf8.count <= limit, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
            return "\u{201C}\(text)\u{201D}"
        }
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .format {
            guard count < limit else {
                return "\u{201C}\(String(shown))\u{2026}\u{201D}"
            }
            shown.append(replacement(of: scalar))
            count += 1
        }
        return "\u{201C}\(String(shown))\u{201D}"
    }

    private static func replacement(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: " "
        default: scalar == "\u{201C}" || scalar == "\u{201D}" ? "\"" : scalar
        }
    }
}
