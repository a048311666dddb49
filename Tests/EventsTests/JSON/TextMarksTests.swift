import Testing

@testable import Events

@Suite struct TextMarksTests {
    @Test func `marks are where a loop over the bytes finds the ends of plain text`() {
        var random = SeededRandom()
        var marks = TextMarks()
        for _ in 0..<2_000 {
            // Lengths around the blocks of 64, and around the 4,096 bytes that are covered.
            let blocks = Int.random(in: 0...66, using: &random) * 64
            let length = max(0, blocks + Int.random(in: -3...3, using: &random))
            let density = Int.random(in: 1...200, using: &random)
            let payload = (0..<length).map { _ in
                Int.random(in: 0..<density, using: &random) == 0
                    ? UInt8.random(in: 0...255, using: &random) : UInt8(ascii: "a")
            }
            unsafe marks.mark(payload.span.bytes)
            #expect(marks.limit == (length < 64 ? 0 : min(length, 4_096)), "\(random)")
            // From the end, so that each answer is one step from the one before.
            var expected = marks.limit
            for start in stride(from: marks.limit, through: 0, by: -1) {
                if start < marks.limit, Self.endsText(payload[start]) { expected = start }
                guard marks.end(from: start) != expected else { continue }
                Issue.record("\(marks.end(from: start)), not \(expected) from \(start); \(random)")
                return
            }
        }
    }

    @Test func `each byte is marked or not as the grammar has it, in every lane`() {
        var marks = TextMarks()
        for byte in UInt8.min...UInt8.max {
            for place in 0..<64 {
                var payload = [UInt8](repeating: UInt8(ascii: " "), count: 64)
                payload[place] = byte
                unsafe marks.mark(payload.span.bytes)
                #expect(marks.end(from: 0) == (Self.endsText(byte) ? place : 64), "\(byte)")
            }
        }
    }

    /// A quote, a backslash, a control character, U+007F, a part of a longer sequence.
    private static func endsText(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
