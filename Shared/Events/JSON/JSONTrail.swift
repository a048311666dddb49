/// The way from the root of a JSON text to an offset, for the pointer of a rejection.
///
/// Reads the text again, and only when it is at fault. Everything before the offset is known to be
/// valid, so brackets, commas and texts are all there is to follow.
struct JSONTrail {
    private enum Step {
        /// Within an object, at the member of that name once the name has been read.
        case member(Range<Int>?)
        /// Within an array, at the element of that index.
        case element(Int)
    }

    /// The RFC 6901 pointer of the innermost member reached.
    private(set) var pointer = ""
    private var steps: [Step] = []

    /// Longer names and names with control characters are not repeated: the pointer then ends at
    /// the object that holds them.
    private static let nameByteLimit = 64

    init(of text: RawSpan, to offset: Int) {
        follow(text, to: min(offset, text.byteCount))
        for step in steps {
            switch step {
            case .element(let index): pointer += "/\(index)"
            case .member(let name):
                guard let name, let shown = Self.name(text.extracting(name)) else { return }
                pointer += "/" + JSONPointer.escaped(shown)
            }
        }
    }

    private mutating func follow(_ text: RawSpan, to offset: Int) {
        var index = 0
        while index < offset {
            switch text.byte(index) {
            case UInt8(ascii: "{"): steps.append(.member(nil))
            case UInt8(ascii: "["): steps.append(.element(0))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = steps.popLast()
            case UInt8(ascii: ","): advance()
            case UInt8(ascii: "\""):
                guard let end = Self.closingQuote(text, from: index + 1, to: offset) else { return }
                if case .member(nil)? = steps.last {
                    steps[steps.count - 1] = .member(index + 1..<end)
                }
                index = end
            default: break
            }
            index += 1
        }
    }

    private mutating func advance() {
        switch steps.popLast() {
        case .element(let index)?: steps.append(.element(index + 1))
        case .member?: steps.append(.member(nil))
        case nil: break
        }
    }

    private static func closingQuote(_ text: RawSpan, from start: Int, to end: Int) -> Int? {
        var index = start
        while index < end {
            switch text.byte(index) {
            case UInt8(ascii: "\""): return index
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }

    private static func name(_ raw: RawSpan) -> String? {
        var bytes: [UInt8] = []
        JSONEscape.decode(raw, from: 0, to: raw.byteCount, into: &bytes)
        guard bytes.count <= nameByteLimit, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
