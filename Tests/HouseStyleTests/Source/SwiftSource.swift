/// A Swift file cut into tokens, with what each of its lines holds.
struct SwiftSource: Sendable {
    /// One word, literal or sign of the language, without the white space and comments around it.
    struct Token: Sendable, Equatable {
        enum Kind: Sendable { case word, number, string, sign }

        var kind: Kind
        /// As written; empty for a string, whose contents no rule may look at.
        var text: String
        /// Counted from 1.
        var line: Int
        /// Whether white space stands between this token and the one before.
        var followsSpace: Bool
    }

    let path: String
    let lines: [Substring]
    let tokens: [Token]
    /// The lines that hold more than white space and comments.
    let codeLines: Set<Int>
    /// The text of the comments of each line that has one.
    let comments: [Int: String]

    init(path: String, text: String) {
        var lexer = SwiftLexer(text)
        lexer.run()
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        tokens = lexer.tokens
        codeLines = lexer.codeLines
        comments = lexer.comments
    }

    /// The text of the token at `index`, or nothing beyond either end.
    func text(at index: Int) -> String {
        tokens.indices.contains(index) ? tokens[index].text : ""
    }

    /// The indices at which this run of token texts begins.
    func occurrences(of texts: [String]) -> [Int] {
        tokens.indices.filter { start in
            texts.indices.allSatisfy { text(at: start + $0) == texts[$0] }
        }
    }

    /// The index of the bracket that closes the one at `open`, or nil in a broken file.
    func closing(of open: Int) -> Int? {
        let pairs = ["(": ")", "[": "]", "{": "}"]
        guard let close = pairs[text(at: open)] else { return nil }
        var depth = 0
        for index in open..<tokens.count where tokens[index].kind == .sign {
            if tokens[index].text == text(at: open) { depth += 1 }
            if tokens[index].text == close { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The dotted names that stand behind one of these keywords, outside of all braces.
    func outermostNames(after keywords: Set<String>) -> [String] {
        var names: [String] = []
        var index = 0
        while index < tokens.count {
            if text(at: index) == "{", let end = closing(of: index) {
                index = end
            } else if keywords.contains(text(at: index)), text(at: index - 1) != "." {
                var name = text(at: index + 1)
                while text(at: index + 2) == "." {
                    name += "." + text(at: index + 3)
                    index += 2
                }
                names.append(name)
            }
            index += 1
        }
        return names
    }
}
