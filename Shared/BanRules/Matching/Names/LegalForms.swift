/// The words at the end of a company's name that only say what kind of company it is.
enum LegalForms {
    private static let words: Set<String> = [
        "ab", "ag", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "inc",
        "incorporated", "kk", "limited", "llc", "llp", "ltd", "nv", "oy", "plc", "private", "pte",
        "pty", "pvt", "sa", "sdn", "spa", "srl",
    ]
    private static let suffixes = ["股份有限公司", "有限责任公司", "有限公司", "株式会社"]
        .map { Array($0.utf8) }

    /// Folded words without their legal form; at least one word stays.
    static func stripped(_ words: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = words
        for suffix in suffixes
        where rest.count > suffix.count && rest.suffix(suffix.count) == suffix[...] {
            rest = rest.dropLast(suffix.count)
            if rest.last == UInt8(ascii: " ") { rest = rest.dropLast() }
            return rest
        }
        while let gap = rest.lastIndex(of: UInt8(ascii: " ")) {
            guard rest.endIndex - gap <= 13 else { break }
            let word = String(decoding: rest[(gap + 1)...], as: UTF8.self)
            guard Self.words.contains(word) else { break }
            rest = rest[..<gap]
        }
        return rest
    }
}
