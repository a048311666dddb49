internal import Yams

/// Turns the bytes of one directive file into a tree in which every node knows its place.
///
/// JSON is YAML, so this also reads a directive's canonical JSON.
enum YAMLSource {
    /// Larger files are refused before they are parsed.
    static let fileByteLimit = 16_777_216

    /// The single document of a file, or the one problem that kept it from being read.
    static func root(file: String, bytes: [UInt8]) -> Result<Node, RuleProblems> {
        guard bytes.count <= fileByteLimit else {
            return failure(file, "the file is larger than \(fileByteLimit) bytes")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return failure(file, "the file is not UTF-8 text")
        }
        do {
            // The parser keeps a pointer into the string's storage; a string of fewer than 16
            // bytes has none of its own, so blank lines make it long enough.
            let padded = text + String(repeating: "\n", count: 16)
            let parser = try Parser(yaml: padded, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                return failure(file, "the file has no content")
            }
            return .success(root)
        } catch {
            return .failure(RuleProblems([problem(file: file, error: error)]))
        }
    }

    private static func failure(_ file: String, _ message: String) -> Result<Node, RuleProblems> {
        .failure(RuleProblems([.init(file: file, message: message)]))
    }

    private static func problem(file: String, error: any Error) -> RuleProblems.Problem {
        guard let error = error as? YamlError else {
            return .init(file: file, message: "broken YAML: \(error)")
        }
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let prefix = context.map { "\($0.text), " } ?? ""
            return .init(
                file: file,
                line: max(mark.line, 1),
                column: max(mark.column, 1),
                message: "broken YAML: \(prefix)\(problem)"
            )
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "`\($0)`" }.joined(separator: ", ")
            return .init(
                file: file,
                line: max(context.mark.line, 1),
                column: max(context.mark.column, 1),
                message: "the key \(names) stands more than once in one mapping"
            )
        case .reader(let problem, let offset, _, _):
            let place = offset.map { " at byte \($0)" } ?? ""
            return .init(file: file, message: "broken YAML: \(problem)\(place)")
        default:
            return .init(file: file, message: "broken YAML: \(error)")
        }
    }
}
