/// Everything that is wrong with a set of directive files, each with its place.
public struct RuleProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problems by file, line and column; never empty.
    public let problems: [Problem]

    /// One mistake in one place.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// The file's name as it was given to the loader.
        public let file: String
        /// From 1; 1 when the whole file is meant.
        public let line: Int
        /// From 1, in Unicode scalars; 1 when the whole line is meant.
        public let column: Int
        /// What is wrong and what would be right.
        public let message: String

        init(file: String, line: Int = 1, column: Int = 1, message: String) {
            self.file = file
            self.line = line
            self.column = column
            self.message = message
        }

        /// `file:line:column: message`.
        public var description: String { "\(file):\(line):\(column): \(message)" }
    }

    init(_ problems: [Problem]) {
        precondition(!problems.isEmpty, "an error without a problem says nothing")
        self.problems = problems.sorted { left, right in
            (left.file, left.line, left.column, left.message)
                < (right.file, right.line, right.column, right.message)
        }
    }

    /// One line for each problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
