/// A test of a directive that did not come out as its author expected.
public struct RuleTestFailure: Sendable, Hashable, CustomStringConvertible {
    /// The directive's id.
    public let directive: String
    /// The directive's file.
    public let file: String
    /// The line of the test, from 1.
    public let line: Int
    /// The test's name.
    public let test: String
    /// What came instead.
    public let message: String

    /// `file:line: test: message`.
    public var description: String { "\(file):\(line): \(test): \(message)" }
}

extension RuleSet {
    /// Runs the tests of every directive through the scanner and the screener that also serve the
    /// stream; empty if all of them pass.
    public func failures() -> [RuleTestFailure] { failures(stoppingEarly: false) }

    /// Runs the tests, on request only until one fails.
    func failures(stoppingEarly: Bool) -> [RuleTestFailure] {
        var runner = DirectiveTestRunner(RuleIndex(self))
        var failures: [RuleTestFailure] = []
        for directive in directives {
            for test in directive.tests {
                guard let message = runner.run(test, of: directive.id) else { continue }
                failures.append(
                    RuleTestFailure(
                        directive: directive.id,
                        file: directive.file,
                        line: test.line,
                        test: test.name,
                        message: message
                    )
                )
                if stoppingEarly { return failures }
            }
        }
        return failures
    }
}
