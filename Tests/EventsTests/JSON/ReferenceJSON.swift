/// A slow and plain reading of RFC 8259, written apart from the scanner to be held against it.
struct ReferenceJSON {
    private let bytes: [UInt8]
    private var index = 0

    /// Whether the bytes are one JSON text in UTF-8 with whole surrogate pairs, no deeper than
    /// the limit.
    static func accepts(_ bytes: [UInt8], depthLimit: Int) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        var reader = ReferenceJSON(bytes: bytes)
        guard reader.value(depthLimit) else { return false }
        reader.space()
        return reader.index == bytes.count
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var current: Character? {
        index < bytes.count ? Character(Unicode.Scalar(bytes[index])) : nil
    }

    private mutating func take(_ wanted: String) -> Bool {
        guard bytes[index...].starts(with: wanted.utf8) else { return false }
        index += wanted.utf8.count
        return true
    }

    private mutating func space() {
        while let current, " \t\n\r".unicodeScalars.contains(current.unicodeScalars.first ?? "x") {
            index += 1
        }
    }

    private mutating func value(_ levels: Int) -> Bool {
        space()
        switch current {
        case "{": return levels > 0 && container("}") { $0.member(levels - 1) }
        case "[": return levels > 0 && container("]") { $0.value(levels - 1) }
        case "\"": return text()
        case "t": return take("true")
        case "f": return take("false")
        case "n": return take("null")
        default: return number()
        }
    }

    private mutating func container(
        _ closing: String,
        _ element: (inout ReferenceJSON) -> Bool
    ) -> Bool {
        index += 1
        space()
        if take(closing) { return true }
        repeat {
            guard element(&self) else { return false }
            space()
        } while take(",")
        return take(closing)
    }

    private mutating func member(_ levels: Int) -> Bool {
        space()
        guard text() else { return false }
        space()
        return take(":") && value(levels)
    }

    private mutating func text() -> Bool {
        guard take("\"") else { return false }
        var pending = false
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\\") {
                guard let unit = escape() else { return false }
                guard pending == (0xDC00...0xDFFF).contains(unit) else { return false }
                pending = (0xD800...0xDBFF).contains(unit)
                continue
            }
            if pending || byte < 0x20 { return false }
            if byte == UInt8(ascii: "\"") { return true }
        }
        return false
    }

    private mutating func escape() -> Int? {
        guard let letter = current else { return nil }
        index += 1
        guard letter == "u" else { return "\"\\/bfnrt".contains(letter) ? 0 : nil }
        guard index + 4 <= bytes.count else { return nil }
        let digits = bytes[index..<index + 4]
        index += 4
        let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        return isHexadecimal ? Int(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") { guard digits() else { return false } }
        if take(".") { guard digits() else { return false } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            index += 1
        }
        return index > start
    }
}
