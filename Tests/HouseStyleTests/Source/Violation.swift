/// One place where the tree breaks a rule of the house.
struct Violation: Sendable, Hashable, CustomStringConvertible {
    var path: String
    /// Counted from 1; 0 when it is the path itself that is wrong.
    var line: Int
    var message: String

    init(_ path: String, line: Int = 0, _ message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    var description: String {
        line > 0 ? "\(path):\(line): \(message)" : "\(path): \(message)"
    }
}
