import Foundation
import TestSupport

/// Makes broken inputs of good ones; the same seed makes the same ones.
struct Mutator {
    private var chance: SeededChance
    private let corpus: [[UInt8]]

    /// What tends to be handled apart from everything else.
    private static let words: [[UInt8]] =
        [
            "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "-0", "1e999",
            "9223372036854775808", "\u{0}", "\u{FEFF}", "\u{202E}", "é", "\u{301}", "🇺🇸", "\r\n",
            "\t",
            "2021-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "ZZ", "cordon.app.download", "ce_id",
            "&a",
            "*a", "- ", "? ", "<<: ", "!!binary", "%41", "\u{7F}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5]]

    /// - Parameter folder: of the corpus, whose files are the good inputs.
    init(seed: UInt64, folder: String) throws {
        chance = SeededChance(seed: seed)
        let directory = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Corpus/" + folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        corpus = try names.map { Array(try Data(contentsOf: directory.appending(path: $0))) }
    }

    /// A good input with a few things wrong, or sometimes nothing.
    mutating func next() -> [UInt8] {
        var input = corpus[number(below: corpus.count)]
        for _ in 0..<number(below: 4) { change(&input) }
        return input
    }

    /// A whole number from 0.
    mutating func number(below limit: Int) -> Int { chance.number(below: limit) }

    private mutating func change(_ input: inout [UInt8]) {
        let place = number(below: input.count + 1)
        switch number(below: 8) {
        case 0:
            if place < input.count { input[place] ^= UInt8(1 << number(below: 8)) }
        case 1: input.removeSubrange(place..<min(input.count, place + 1 + number(below: 8)))
        case 2: input.insert(contentsOf: Self.words[number(below: Self.words.count)], at: place)
        case 3: input.removeSubrange(place...)
        case 4:
            let end = min(input.count, place + 1 + number(below: 64))
            input.insert(contentsOf: Array(input[place..<end]), at: number(below: input.count + 1))
        case 5:
            let other = corpus[number(below: corpus.count)]
            let start = number(below: other.count)
            let piece = other[start..<min(other.count, start + 1 + number(below: 64))]
            input.replaceSubrange(place..<min(input.count, place + piece.count), with: piece)
        case 6:
            if place < input.count { input[place] = UInt8(number(below: 256)) }
        default:
            let word = Self.words[number(below: Self.words.count)]
            input.replaceSubrange(place..<min(input.count, place + word.count), with: word)
        }
    }
}
