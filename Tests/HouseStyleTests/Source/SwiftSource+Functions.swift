/// A function, initialiser, subscript or computed property of a file.
struct SwiftFunction: Sendable, Equatable {
    var name: String
    var line: Int
    var parameterCount: Int
    /// The indices of the tokens of its two braces; nil for a requirement of a protocol.
    var body: ClosedRange<Int>?
}

extension SwiftSource {
    private static let declarations: Set<String> = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class", "enum",
        "actor", "protocol", "extension", "typealias", "import", "associatedtype",
    ]
    private static let statements: Set<String> = [
        "if", "switch", "for", "while", "guard", "do", "return", "repeat", "defer", "try",
    ]

    /// Every function of the file, nested ones too.
    var functions: [SwiftFunction] {
        tokens.indices.compactMap { function(at: $0) }
    }

    private func function(at index: Int) -> SwiftFunction? {
        let keyword = tokens[index].text
        let before = text(at: index - 1)
        guard tokens[index].kind == .word, before != "." else { return nil }
        switch keyword {
        case "func", "var":
            let name = text(at: index + 1)
            return finish(name, from: index + (keyword == "func" ? 2 : 1), start: index)
        case "init", "subscript":
            guard ["(", "?", "<"].contains(where: { text(at: index + 1).hasPrefix($0) }) else {
                return nil
            }
            return finish(keyword, from: index + 1, start: index)
        case "deinit": return finish(keyword, from: index + 1, start: index)
        default: return nil
        }
    }

    /// Walks over the signature to the brace that opens the body, or to the next declaration.
    private func finish(_ name: String, from: Int, start: Int) -> SwiftFunction? {
        var function = SwiftFunction(name: name, line: tokens[start].line, parameterCount: 0)
        let isProperty = tokens[start].text == "var"
        var sawParameters = isProperty
        var index = from
        while index < tokens.count {
            let token = tokens[index]
            if token.text == "(" || token.text == "[", let end = closing(of: index) {
                if !sawParameters, token.text == "(" {
                    function.parameterCount = elements(in: (index + 1)..<end)
                    sawParameters = true
                }
                index = end + 1
                continue
            }
            if token.text == "{" {
                guard let end = closing(of: index) else { return nil }
                function.body = index...end
                return function
            }
            let endsSignature =
                token.text == "}" || (isProperty && token.text == "=")
                || (token.kind == .word && index > from
                    && (Self.declarations.contains(token.text)
                        || Self.statements.contains(token.text)))
            if endsSignature { break }
            index += 1
        }
        return isProperty ? nil : function
    }

    /// The number of elements between commas, commas inside brackets and generics left out.
    private func elements(in range: Range<Int>) -> Int {
        guard !range.isEmpty else { return 0 }
        var depth = 0
        var count = 1
        for index in range {
            switch tokens[index].text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "," where depth == 0 && index != range.upperBound - 1: count += 1
            case let sign where tokens[index].kind == .sign && sign != "->" && sign != ">=":
                depth += sign.count { $0 == "<" } - sign.count { $0 == ">" }
            default: break
            }
        }
        return count
    }
}
