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
    public func failures() -> [RuleTestFailure] {
        let index = RuleIndex(self)
        return directives.flatMap { directive in
            directive.tests.compactMap { test in
                test.run(directive: directive.id, index).map { message in
                    RuleTestFailure(
                        directive: directive.id,
                        file: directive.file,
                        line: test.line,
                        test: test.name,
                        message: message
                    )
                }
            }
        }
    }
}
