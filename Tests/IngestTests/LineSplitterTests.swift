import Testing

@testable import Ingest

@Suite struct LineSplitterTests {
    /// Splits a text that comes in blocks, as the loader does.
    private func lines(_ text: [UInt8], blockByteCount: Int) -> [(Int64, [UInt8], Bool)] {
        var splitter = LineSplitter()
        var result: [(Int64, [UInt8], Bool)] = []
        var rest: [UInt8] = []
        var position = 0
        while true {
            let end = min(text.count, position + blockByteCount)
            let block = rest + text[position..<end]
            let isLast = position == text.count
            position = end
            var offset = 0
            while let line = unsafe splitter.next(
                in: block.span.bytes.extracting(offset..<block.count),
                isLast: isLast
            ) {
                if !line.isBlank {
                    let place = line.place.lowerBound + offset..<line.place.upperBound + offset
                    result.append((line.number, Array(block[place]), line.isTooLong))
                }
                offset += line.consumed
            }
            rest = Array(block[offset...])
            #expect(rest.count <= LineSplitter.byteLimit)
            if isLast { return result }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1_000])
    func `lines are the same however the blocks fall`(blockByteCount: Int) {
        let text = "one\r\n\n  \t\nfour\n\nsix"
        let found = lines(Array(text.utf8), blockByteCount: blockByteCount)
        #expect(found.map(\.0) == [1, 4, 6])
        #expect(found.map { String(decoding: $0.1, as: UTF8.self) } == ["one", "four", "six"])
    }

    @Test(arguments: [1 << 16, 1 << 20])
    func `a line that is too long is reported once and passed over`(blockByteCount: Int) {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
        let text = Array("a\n".utf8) + long + Array("\nb\n".utf8)
        let found = lines(text, blockByteCount: blockByteCount)
        #expect(found.map(\.0) == [1, 2, 3])
        #expect(found.map(\.2) == [false, true, false])
        #expect(found.last?.1 == Array("b".utf8))
        #expect(found.allSatisfy { $0.1.count <= LineSplitter.byteLimit })
    }

    @Test func `an empty input has no lines`() {
        #expect(lines([], blockByteCount: 10).isEmpty)
    }

    @Test func `a long last line without an end is one line`() {
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: 2 << 20)
        let found = lines(text, blockByteCount: 1 << 18)
        #expect(found.map(\.0) == [1])
        #expect(found.map(\.2) == [true])
    }
}
