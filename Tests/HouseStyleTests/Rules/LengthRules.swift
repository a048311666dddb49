/// How long a file, a line, a function and a list of parameters may be.
enum LengthRules {
    static let fileLineLimit = 400
    static let testFileLineLimit = 600
    static let functionLineLimit = 70
    static let columnLimit = 100
    static let parameterLimit = 6

    static func fileLength(_ source: SwiftSource) -> [Violation] {
        let limit = source.path.hasPrefix("Tests/") ? testFileLineLimit : fileLineLimit
        let count = source.lines.count - (source.lines.last == "" ? 1 : 0)
        guard count > limit else { return [] }
        return [Violation(source.path, "\(count) lines, the limit is \(limit)")]
    }

    /// An address cannot be broken, so a line that holds one may be longer.
    static func lineLength(path: String, text: String) -> [Violation] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.count > columnLimit && !$0.element.contains("https://") }
            .map {
                Violation(path, line: $0.offset + 1, "\($0.element.count) columns, over 100")
            }
    }

    /// Counts lines of code between the braces; comments and blank lines are free.
    static func functionLength(_ source: SwiftSource) -> [Violation] {
        source.functions.compactMap { function -> Violation? in
            guard let body = function.body else { return nil }
            let first = source.tokens[body.lowerBound].line + 1
            let last = source.tokens[body.upperBound].line - 1
            let count = source.codeLines.count { $0 >= first && $0 <= last }
            guard count > functionLineLimit else { return nil }
            let text = "\(function.name) has \(count) lines of code, over \(functionLineLimit)"
            return Violation(source.path, line: function.line, text)
        }
    }

    static func parameterCount(_ source: SwiftSource) -> [Violation] {
        source.functions.filter { $0.parameterCount > parameterLimit }.map {
            Violation(
                source.path,
                line: $0.line,
                "\($0.name) has \($0.parameterCount) parameters, the limit is \(parameterLimit)"
            )
        }
    }
}
