/// Everything that is wrong with the settings of a program, found in one go.
public struct SettingsProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence each, naming the environment variable; secrets are redacted.
    public let problems: [String]

    /// Collects problems.
    public init(_ problems: [String]) {
        self.problems = problems
    }

    /// One problem a line.
    public var description: String { problems.joined(separator: "\n") }
}
