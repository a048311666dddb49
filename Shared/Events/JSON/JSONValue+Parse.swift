extension JSONValue {
    /// Reads one JSON text, as strictly as events are read.
    ///
    /// Members may stand there twice; `subscript` then finds the last one.
    public static func parse(_ bytes: [UInt8]) throws(Rejection) -> JSONValue {
        unsafe try parse(bytes.span.bytes)
    }

    /// Reads one JSON text, as strictly as events are read.
    public static func parse(_ bytes: RawSpan) throws(Rejection) -> JSONValue {
        do throws(JSONFault) {
            try JSONLexer.checkWhole(bytes, depth: 0)
        } catch {
            throw error.rejection(in: bytes)
        }
        var reader = JSONTreeReader()
        return reader.value(bytes)
    }
}

/// Builds the tree of a text that has been validated.
///
/// Recursion is bounded: the validation has refused what nests deeper than the limit.
private struct JSONTreeReader {
    private var index = 0

    mutating func value(_ text: RawSpan) -> JSONValue {
        skipSpace(text)
        switch text.byte(index) {
        case UInt8(ascii: "{"): return object(text)
        case UInt8(ascii: "["): return array(text)
        case UInt8(ascii: "\""): return .string(string(text))
        default: break
        }
        let start = index
        while !Self.endsScalar(text.byte(index)) {
            index += 1
        }
        return Self.scalar(String(utf8: text.extracting(start..<index)))
    }

    private mutating func object(_ text: RawSpan) -> JSONValue {
        var members: [JSONValue.Member] = []
        while hasNext(text, closing: UInt8(ascii: "}")) {
            let name = string(text)
            skipSpace(text)
            index += 1
            members.append(JSONValue.Member(name: name, value: value(text)))
        }
        return .object(members)
    }

    private mutating func array(_ text: RawSpan) -> JSONValue {
        var elements: [JSONValue] = []
        while hasNext(text, closing: UInt8(ascii: "]")) {
            elements.append(value(text))
        }
        return .array(elements)
    }

    /// Steps over an opening bracket or a comma to what follows, or over the closing bracket.
    private mutating func hasNext(_ text: RawSpan, closing: UInt8) -> Bool {
        skipSpace(text)
        if text.byte(index) != closing {
            index += 1
            skipSpace(text)
            if text.byte(index) != closing { return true }
        }
        index += 1
        return false
    }

    /// Reads the text whose opening quote is at the index.
    private mutating func string(_ text: RawSpan) -> String {
        let start = index + 1
        var end = start
        var isEscaped = false
        while text.byte(end) != UInt8(ascii: "\""), end < text.byteCount {
            let isEscape = text.byte(end) == UInt8(ascii: "\\")
            isEscaped = isEscaped || isEscape
            end += isEscape ? 2 : 1
        }
        index = end + 1
        guard isEscaped else { return String(utf8: text.extracting(start..<end)) }
        var bytes: [UInt8] = []
        JSONEscape.decode(text, from: start, to: end, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func skipSpace(_ text: RawSpan) {
        index = JSONLexer.afterSpace(text, index)
    }

    /// Whether a byte stands behind a number or word; NUL stands for the end.
    private static func endsScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0...0x20: true
        default: false
        }
    }

    private static func scalar(_ text: String) -> JSONValue {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        case "null": .null
        // Negative zero is no whole number's own spelling, so it stays as it is.
        case "-0": .number(text)
        default: Int64(text).map(JSONValue.integer) ?? .number(text)
        }
    }
}
