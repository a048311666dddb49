/// Cuts Swift into tokens as far as the rules need: it knows comments, strings, interpolations.
///
/// Regular expression literals are not known; a quote inside one would confuse it.
struct SwiftLexer {
    private(set) var tokens: [SwiftSource.Token] = []
    private(set) var codeLines: Set<Int> = []
    private(set) var comments: [Int: String] = [:]

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var followsSpace = true

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Reads to the end, or, inside an interpolation, past the parenthesis that ends it.
    mutating func run(insideInterpolation: Bool = false) {
        var depth = 0
        while let byte = peek() {
            if byte == ascii("\n") || byte == ascii(" ") || byte == ascii("\t") {
                advance()
                followsSpace = true
            } else if byte == ascii("/"), peek(1) == ascii("/") {
                readLineComment()
            } else if byte == ascii("/"), peek(1) == ascii("*") {
                readBlockComment()
            } else if let hashes = hashesBeforeQuote() {
                readString(hashes: hashes)
            } else {
                if byte == ascii("(") { depth += 1 }
                if byte == ascii(")") { depth -= 1 }
                if insideInterpolation, depth < 0 {
                    advance()
                    return
                }
                readToken(byte)
            }
        }
    }

    // MARK: - Tokens

    private mutating func readToken(_ first: UInt8) {
        if first == ascii("`") {
            readWhile(.word, includingLast: true) { $0 != ascii("`") }
        } else if isDigit(first) {
            readWhile(.number) { isWord($0) }
        } else if isWord(first) {
            readWhile(.word) { isWord($0) }
        } else if isOperator(first) || (first == ascii(".") && peek(1) == ascii(".")) {
            let dots = first == ascii(".")
            readWhile(.sign) { isOperator($0) || (dots && $0 == ascii(".")) }
        } else {
            readWhile(.sign) { _ in false }
        }
    }

    private mutating func readWhile(
        _ kind: SwiftSource.Token.Kind,
        includingLast: Bool = false,
        _ goesOn: (UInt8) -> Bool
    ) {
        let start = position
        let startLine = line
        advance()
        while let byte = peek(), goesOn(byte) { advance() }
        if includingLast { advance() }
        append(kind, String(decoding: bytes[start..<position], as: UTF8.self), line: startLine)
    }

    private mutating func append(_ kind: SwiftSource.Token.Kind, _ text: String, line: Int) {
        tokens.append(.init(kind: kind, text: text, line: line, followsSpace: followsSpace))
        codeLines.insert(line)
        followsSpace = false
    }

    // MARK: - Comments

    private mutating func readLineComment() {
        let start = position
        while let byte = peek(), byte != ascii("\n") { advance() }
        comments[line, default: ""] += String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func readBlockComment() {
        var depth = 0
        repeat {
            comments[line, default: ""] += "/*"
            if peek() == ascii("/"), peek(1) == ascii("*") {
                depth += 1
                advance()
            } else if peek() == ascii("*"), peek(1) == ascii("/") {
                depth -= 1
                advance()
            }
            advance()
        } while depth > 0 && peek() != nil
        followsSpace = true
    }

    // MARK: - Strings

    /// The number of `#` before a quote that stands here, or nil if no string begins here.
    private func hashesBeforeQuote() -> Int? {
        var count = 0
        while peek(count) == ascii("#") { count += 1 }
        return peek(count) == ascii("\"") ? count : nil
    }

    private mutating func readString(hashes: Int) {
        append(.string, "", line: line)
        for _ in 0..<hashes { advance() }
        let isLong = peek(1) == ascii("\"") && peek(2) == ascii("\"")
        let quotes = isLong ? 3 : 1
        for _ in 0..<quotes { advance() }
        while let byte = peek() {
            codeLines.insert(line)
            if byte == ascii("\\"), isRun(of: "#", count: hashes, at: 1) {
                for _ in 0...hashes { advance() }
                let isInterpolation = peek() == ascii("(")
                advance()
                if isInterpolation { run(insideInterpolation: true) }
            } else if isRun(of: "\"", count: quotes, at: 0),
                isRun(of: "#", count: hashes, at: quotes)
            {
                for _ in 0..<(quotes + hashes) { advance() }
                return
            } else if byte == ascii("\n"), !isLong {
                return
            } else {
                advance()
            }
        }
    }

    private func isRun(of sign: Unicode.Scalar, count: Int, at offset: Int) -> Bool {
        (0..<count).allSatisfy { peek(offset + $0) == ascii(sign) }
    }

    // MARK: - Bytes

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private mutating func advance() {
        guard position < bytes.count else { return }
        if bytes[position] == ascii("\n") { line += 1 }
        position += 1
    }
}

private func ascii(_ scalar: Unicode.Scalar) -> UInt8 {
    UInt8(truncatingIfNeeded: scalar.value)
}

private func isDigit(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39
}

private func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
        || byte == ascii("_") || byte == ascii("$") || byte >= 0x80
}

private func isOperator(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "/", "=", "-", "+", "!", "*", "%", "<", ">", "&", "|", "^", "~", "?": true
    default: false
    }
}
