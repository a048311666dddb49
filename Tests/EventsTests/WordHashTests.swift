import Testing

@testable import Events

@Suite struct WordHashTests {
    @Test func `every byte of a text counts, whatever its length`() {
        var random = SeededRandom()
        for length in 0..<70 {
            let text = (0..<length).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
            for place in 0..<length {
                var other = text
                other[place] ^= 1
                #expect(hash(text) != hash(other), "byte \(place) of \(length), \(random)")
                #expect(!areEqual(text, other), "byte \(place) of \(length), \(random)")
            }
            #expect(hash(text) != hash(text + [0]))
            #expect(!areEqual(text, text + [0]))
            #expect(areEqual(text, text))
        }
    }

    @Test func `case is ignored for ASCII letters and nothing else`() {
        for byte in UInt8.min ... .max {
            let isLetter =
                Character(UnicodeScalar(byte)).isASCII && byte & 0xDF >= 0x41
                && byte & 0xDF <= 0x5A
            for length in [1, 3, 5, 8, 13, 16] {
                let text = [UInt8](repeating: byte, count: length)
                let flipped = [UInt8](repeating: byte ^ 0x20, count: length)
                #expect((caseless(text) == caseless(flipped)) == isLetter, "\(byte) × \(length)")
            }
        }
    }

    @Test func `another seed gives another hash`() {
        #expect(hash(Array("com.example".utf8), 1) != hash(Array("com.example".utf8), 2))
    }

    private func hash(_ text: [UInt8], _ seed: UInt64 = 0) -> UInt64 {
        unsafe WordHash.hash(text.span.bytes, seed: seed)
    }

    private func caseless(_ text: [UInt8]) -> UInt64 {
        unsafe WordHash.caselessHash(text.span.bytes, seed: 0)
    }

    private func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        // Within other bytes, as it is asked; and only of texts of one length.
        let around = [0x7F] + right + [0x7F]
        return unsafe left.count == right.count
            && left.span.bytes.stands(at: 1, of: around.span.bytes)
    }
}
