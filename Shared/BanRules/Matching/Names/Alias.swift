/// A name or a company's name as approximate matching sees it.
struct Alias: Sendable {
    /// The folded words; of a company without the legal form.
    let words: [UInt8]
    /// The folded words as they stand in the directive.
    let wholeWords: [UInt8]
    let skeleton: [UInt8]
    /// Whether this is a company.
    let isEntity: Bool
    /// For each byte of the skeleton whether it stands in a word of three letters or more; letters
    /// of shorter words are never taken for typing slips.
    let isLong: [Bool]

    /// Fewer letters are met by chance, so the name is matched exactly only.
    static let letterLimit = 5
    /// Names of other scripts say more with fewer signs.
    static let signLimit = 3
    /// Longer names and texts are not compared approximately.
    static let byteLimit = 64

    init(folded: [UInt8], isEntity: Bool) {
        wholeWords = folded
        self.isEntity = isEntity
        words = isEntity ? Array(LegalForms.stripped(folded[...])) : folded
        var skeleton: [UInt8] = []
        Skeleton.make(of: words[...], into: &skeleton)
        self.skeleton = skeleton
        isLong = words.split(separator: UInt8(ascii: " ")).flatMap { word in
            [Bool](repeating: word.count >= 3, count: word.count)
        }
    }

    /// Whether the name consists of ASCII, up to letters that look like it.
    var isLatin: Bool { skeleton.allSatisfy { $0 < 0x80 } }

    /// Whether the name says enough to be recognised approximately or within a text.
    var isDistinctive: Bool {
        guard skeleton.count <= Self.byteLimit else { return false }
        guard !isLatin else { return skeleton.count >= Self.letterLimit }
        return String(decoding: skeleton, as: UTF8.self).unicodeScalars.count >= Self.signLimit
    }

    /// Whether one typing slip is forgiven; words of other scripts have no room for it.
    var forgivesSlips: Bool { isLatin && isDistinctive && isLong.count == skeleton.count }

    /// The text's characters without its gaps, one for each byte of a Latin skeleton.
    private static func letters(of text: ArraySlice<UInt8>) -> [Unicode.Scalar] {
        String(decoding: text, as: UTF8.self).unicodeScalars.filter { $0 != " " }
    }

    /// What of a text that nearly spells the name is different; nil if too much is.
    ///
    /// - Parameters:
    ///   - text: the folded words of the text; for a company without their legal form.
    ///   - whole: the folded words with it.
    ///   - textSkeleton: of `text`, with the digit one read as `one`.
    func deviations(
        of text: ArraySlice<UInt8>,
        whole: ArraySlice<UInt8>,
        skeleton textSkeleton: [UInt8],
        one: Skeleton.Stroke
    ) -> Deviations? {
        var deviations: Deviations = []
        if isEntity, whole.dropFirst(text.count) != wholeWords.dropFirst(words.count)[...] {
            deviations.insert(.legalForm)
        }
        if textSkeleton == skeleton {
            if Skeleton.aligned(text, one: one) != Skeleton.aligned(words[...]) {
                deviations.insert(.spacing)
            }
            let space = UInt8(ascii: " ")
            if !text.lazy.filter({ $0 != space }).elementsEqual(words.lazy.filter { $0 != space }) {
                deviations.insert(.lookalikes)
            }
            return deviations
        }
        guard forgivesSlips, let slip = Slip(from: skeleton, to: textSkeleton) else { return nil }
        guard skeleton.count >= Slip.letterLimit || slip.isCommon(in: skeleton, textSkeleton),
            isLong[min(slip.place, isLong.count - 1)]
        else { return nil }
        guard slip.isOfLetters(between: skeleton, Self.letters(of: text)) else { return nil }
        deviations.insert(.slip)
        let gaps = { (words: ArraySlice<UInt8>) in words.count { $0 == UInt8(ascii: " ") } }
        if gaps(text) != gaps(words[...]) { deviations.insert(.spacing) }
        return deviations
    }
}
