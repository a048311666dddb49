/// What may not be written: ways to trap, to wait blindly and to escape the compiler's checks.
enum SafetyRules {
    /// A bad record, a bad file or a lost broker must never end the process.
    static func traps(_ source: SwiftSource) -> [Violation] {
        guard isProduct(source.path) else { return [] }
        let calls = ["fatalError", "assertionFailure"].flatMap { name in
            source.occurrences(of: [name, "("]).map { (name, $0) }
        }
        let forced = ["try", "as"].flatMap { name in
            source.occurrences(of: [name, "!"]).map { (name + "!", $0) }
        }
        let unwraps = source.tokens.indices.filter { isUnwrap(source, at: $0) }
            .map { ("a force unwrap", $0) }
        return (calls + forced + unwraps).map {
            Violation(source.path, line: source.tokens[$0.1].line, "\($0.0) in product code")
        }
    }

    /// A library has no terminal; the programs print through one place of their own.
    static func prints(_ source: SwiftSource) -> [Violation] {
        guard source.path.hasPrefix("Shared/") else { return [] }
        return ["print", "debugPrint", "dump"].flatMap { name in
            source.occurrences(of: [name, "("]).filter {
                ![".", "func"].contains(source.text(at: $0 - 1))
            }
        }.map { Violation(source.path, line: source.tokens[$0].line, "a library that prints") }
    }

    static func detachedTasks(_ source: SwiftSource) -> [Violation] {
        source.occurrences(of: ["Task", ".", "detached"]).map {
            Violation(source.path, line: source.tokens[$0].line, "a task without an owner")
        }
    }

    /// Waiting for a time instead of for the thing itself is slow when it works and wrong else.
    static func sleeps(_ source: SwiftSource) -> [Violation] {
        ["sleep", "usleep", "nanosleep"].flatMap { source.occurrences(of: [$0, "("]) }.map {
            Violation(source.path, line: source.tokens[$0].line, "sleeps instead of waiting")
        }
    }

    /// The compiler's word on data races counts everywhere but at the C edge, and there with
    /// the reason in the comment above.
    static func uncheckedSendability(_ source: SwiftSource) -> [Violation] {
        let places =
            source.occurrences(of: ["@", "unchecked"])
            + source.occurrences(of: ["nonisolated", "(", "unsafe", ")"])
        return places.compactMap { index in
            let line = source.tokens[index].line
            guard source.path.hasPrefix("Shared/Kafka/RDKafka/") else {
                return Violation(source.path, line: line, "unchecked outside Shared/Kafka/RDKafka")
            }
            guard !source.hasReason(above: line) else { return nil }
            return Violation(source.path, line: line, "unchecked without a comment that says why")
        }
    }

    private static func isProduct(_ path: String) -> Bool {
        path.hasPrefix("Shared/") || path.hasPrefix("Services/")
    }

    /// A `!` right behind a value or a type: an unwrap, or an implicitly unwrapped optional.
    private static func isUnwrap(_ source: SwiftSource, at index: Int) -> Bool {
        let token = source.tokens[index]
        guard token.kind == .sign, token.text == "!", !token.followsSpace, index > 0 else {
            return false
        }
        let before = source.tokens[index - 1]
        if before.text == "try" || before.text == "as" { return false }
        return before.kind == .word || before.kind == .string || [")", "]"].contains(before.text)
    }
}

extension SwiftSource {
    /// Whether a comment stands on this line or right above it; documentation does not count,
    /// because every type has it.
    fileprivate func hasReason(above line: Int) -> Bool {
        var reasons = [comments[line]]
        var above = line - 1
        while let comment = comments[above], !codeLines.contains(above) {
            reasons.append(comment)
            above -= 1
        }
        return reasons.contains { $0?.hasPrefix("//") == true && $0?.hasPrefix("///") == false }
    }
}
