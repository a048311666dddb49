import Testing

@testable import Events

@Suite struct KeyedHashTests {
    /// The reference implementation's first vectors of 128 bits: key 00 01 … 0f, input 00 01 ….
    static let vectors = [
        "a3817f04ba25a8e66df67214c7550293", "da87c1d86b99af44347659119b22fc45",
        "8177228da4a45dc7fca38bdef60affe4", "9c70b60c5267a94e5f33b6b02985ed51",
        "f88164c12d9c8faf7d0f6e7c7bcd5579", "1368875980776f8854527a07690e9627",
        "14eeca338b208613485ea0308fd7a15e", "a1f1ebbed8dbc153c0b84aa61ff08239",
        "3b62a9ba6258f5610f83e264f31497b4",
    ]
    private let hash = KeyedHash(key: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))

    private func hexadecimal(_ value: Hash128) -> String {
        value.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test(arguments: Array(vectors.enumerated()).map { ($0.offset, $0.element) })
    func `the published vectors come out`(length: Int, expected: String) {
        let input = (0..<length).map { UInt8($0) }
        #expect(unsafe hexadecimal(hash.hash(input.span.bytes)) == expected)
    }

    @Test func `a pair is hashed as its length, first and second text in one`() {
        var random = SeededRandom()
        for first in 0..<20 {
            for second in 0..<20 {
                let left = (0..<first).map { _ in UInt8.random(in: 0...255, using: &random) }
                let right = (0..<second).map { _ in UInt8.random(in: 0...255, using: &random) }
                let joined = [UInt8(first), 0, 0, 0, 0, 0, 0, 0] + left + right
                let pair = unsafe hash.hash(left.span.bytes, right.span.bytes)
                let plain = unsafe hash.hash(joined.span.bytes)
                #expect(pair == plain, "\(first) and \(second) bytes, \(random)")
            }
        }
    }

    @Test func `bytes moved between the texts, and another key, change the hash`() {
        let pairs = [("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", "")]
        let hashes = pairs.map { pair(hash, $0.0, $0.1) }
        #expect(Set(hashes).count == 4)
        #expect(pair(KeyedHash(key: (1, 2)), "ab", "c") != hashes[0])
    }

    private func pair(_ hash: KeyedHash, _ first: String, _ second: String) -> Hash128 {
        let first = Array(first.utf8)
        let second = Array(second.utf8)
        return unsafe hash.hash(first.span.bytes, second.span.bytes)
    }

    @Test func `the bytes of a hash read back`() {
        let value = Hash128(low: 0x0102_0304_0506_0708, high: 0x1112_1314_1516_1718)
        let bytes = [0xFF] + value.bytes
        #expect(unsafe Hash128(bytes: bytes.span.bytes, at: 1) == value)
        #expect(unsafe Hash128(bytes: bytes.span.bytes, at: 2) == nil)
        #expect(value.bytes.first == 8)
        #expect(value.bytes.last == 0x11)
    }
}
