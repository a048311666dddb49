extension JSONLexer {
    /// Checks that a text is one JSON value and nothing else.
    static func checkWhole(_ text: RawSpan, depth: Int) throws(JSONFault) {
        let start = try begin(text)
        let end = try skip(text, start, depth: depth)
        try finish(text, end)
    }

    /// Where the value of a whole text begins.
    static func begin(_ text: borrowing RawSpan) throws(JSONFault) -> Int {
        let start = afterSpace(text, 0)
        guard start < text.byteCount else { throw JSONFault(.empty, at: start) }
        guard text.word(start) & 0xFF_FFFF != 0xBF_BBEF else {
            throw JSONFault(.byteOrderMark, at: start)
        }
        return start
    }

    /// Checks that nothing but white space is left from `offset` on.
    static func finish(_ text: borrowing RawSpan, _ offset: Int) throws(JSONFault) {
        let rest = afterSpace(text, offset)
        guard rest == text.byteCount else { throw JSONFault(.trailingBytes, at: rest) }
    }

    /// The end of the value at `start`, however it nests; `depth` levels are open around it.
    static func skip(
        _ text: borrowing RawSpan,
        _ start: Int,
        depth: Int
    ) throws(JSONFault) -> Int {
        var nest = Nest(depth: depth)
        var index = start
        while true {
            switch text.byte(index) {
            case UInt8(ascii: "{"):
                try nest.open(isArray: false, at: index)
                index = afterSpace(text, index &+ 1)
                if text.byte(index) != UInt8(ascii: "}") {
                    index = try name(text, index)
                    continue
                }
            case UInt8(ascii: "["):
                try nest.open(isArray: true, at: index)
                index = afterSpace(text, index &+ 1)
                if text.byte(index) != UInt8(ascii: "]") { continue }
            default:
                index = try scalar(text, index)
            }
            guard let next = try afterValue(text, index, &nest) else { return nest.end }
            index = next
        }
    }

    /// The end of the text, number, `true`, `false` or `null` at `start`.
    static func scalar(_ text: borrowing RawSpan, _ start: Int) throws(JSONFault) -> Int {
        switch text.byte(start) {
        case UInt8(ascii: "\""): return try self.text(text, from: start &+ 1).end
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(text, start)
        case UInt8(ascii: "t"): return try word(text, start, 0x6575_7274, length: 4)
        case UInt8(ascii: "f"): return try word(text, start, 0x65_736C_6166, length: 5)
        case UInt8(ascii: "n"): return try word(text, start, 0x6C6C_756E, length: 4)
        default: throw JSONFault(.expectedValue, at: start)
        }
    }

    /// Where a member's value begins, behind the name at `start` and its colon.
    static func name(_ text: borrowing RawSpan, _ start: Int) throws(JSONFault) -> Int {
        guard text.byte(start) == UInt8(ascii: "\"") else {
            throw JSONFault(.expectedName, at: start)
        }
        return try colon(text, self.text(text, from: start &+ 1).end)
    }

    /// Where a member's value begins, behind the colon that must follow its name.
    @inline(__always)
    static func colon(_ text: borrowing RawSpan, _ end: Int) throws(JSONFault) -> Int {
        let index = afterSpace(text, end)
        guard text.byte(index) == UInt8(ascii: ":") else {
            throw JSONFault(.expectedColon, at: index)
        }
        return afterSpace(text, index &+ 1)
    }

    /// Closes what ends at `start` and finds the next value, nil when nothing is left open.
    private static func afterValue(
        _ text: borrowing RawSpan,
        _ start: Int,
        _ nest: inout Nest
    ) throws(JSONFault) -> Int? {
        // An empty object or array comes here with its own closing bracket still unread.
        var index = start
        while nest.isOpen {
            index = afterSpace(text, index)
            switch (text.byte(index), nest.isArray) {
            case (UInt8(ascii: ","), false):
                return try name(text, afterSpace(text, index &+ 1))
            case (UInt8(ascii: ","), true):
                return afterSpace(text, index &+ 1)
            case (UInt8(ascii: "}"), false), (UInt8(ascii: "]"), true):
                nest.close()
                index &+= 1
            case (_, false): throw JSONFault(.expectedCommaOrBrace, at: index)
            case (_, true): throw JSONFault(.expectedCommaOrBracket, at: index)
            }
        }
        nest.end = index
        return nil
    }

    /// The end of the number at `start`.
    private static func number(_ text: borrowing RawSpan, _ start: Int) throws(JSONFault) -> Int {
        var index = start
        if text.byte(index) == UInt8(ascii: "-") { index &+= 1 }
        if text.byte(index) == UInt8(ascii: "0") {
            index &+= 1
            // A digit behind a leading zero would otherwise be told as a missing comma.
            guard text.byte(index) &- UInt8(ascii: "0") > 9 else {
                throw JSONFault(.badNumber, at: index)
            }
        } else {
            index = try digits(text, index)
        }
        if text.byte(index) == UInt8(ascii: ".") {
            index = try digits(text, index &+ 1)
        }
        if text.byte(index) | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            let sign = text.byte(index)
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index &+= 1 }
            index = try digits(text, index)
        }
        return index
    }

    /// The end of the digits at `start`, of which there must be one.
    private static func digits(_ text: borrowing RawSpan, _ start: Int) throws(JSONFault) -> Int {
        var index = start
        while text.byte(index) &- UInt8(ascii: "0") <= 9 {
            index &+= 1
        }
        guard index > start else { throw JSONFault(.badNumber, at: index) }
        return index
    }

    private static func word(
        _ text: borrowing RawSpan,
        _ start: Int,
        _ expected: UInt64,
        length: Int
    ) throws(JSONFault) -> Int {
        let mask = (1 as UInt64) &<< UInt64(length &* 8) &- 1
        guard text.word(start) & mask == expected else { throw JSONFault(.badWord, at: start) }
        return start &+ length
    }
}

/// The objects and arrays open around a value, one bit each.
private struct Nest {
    private var arrays: UInt64 = 0
    private var count = 0
    private let depth: Int
    /// Where the outermost value ends, once nothing is open any more.
    var end = 0

    init(depth: Int) {
        self.depth = depth
    }

    var isOpen: Bool { count > 0 }
    var isArray: Bool { arrays & 1 == 1 }

    mutating func open(isArray: Bool, at offset: Int) throws(JSONFault) {
        guard depth &+ count < EventLimits.depthLimit else {
            throw JSONFault(.tooDeep, at: offset)
        }
        arrays = arrays << 1 | (isArray ? 1 : 0)
        count &+= 1
    }

    mutating func close() {
        arrays >>= 1
        count &-= 1
    }
}
