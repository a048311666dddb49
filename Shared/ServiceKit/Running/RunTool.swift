public import ArgumentParser
import Foundation

/// How a program ends; the same three numbers for every program of Cordon.
public enum ToolExit: Int32, Sendable {
    /// It did what it was asked to.
    case success = 0
    /// It could not: a broker away, a file not readable, a check that did not pass.
    case failure = 1
    /// It was not asked properly: unknown flags, settings out of range.
    case usage = 2
}

/// An error meant for the person at the terminal: its message is all they see.
public struct ToolFailure: Error, Sendable, CustomStringConvertible {
    /// What went wrong and what to do about it; one line if at all possible.
    public var message: String
    /// How the program ends.
    public var exit: ToolExit

    /// Creates a failure; without `exit` it is a failure at run time.
    public init(_ message: String, exit: ToolExit = .failure) {
        self.message = message
        self.exit = exit
    }

    /// The message alone.
    public var description: String { message }
}

/// Parses the command line, runs the command it names, and ends the process.
///
/// Help and version go to standard output and end with 0. Usage errors, ``SettingsProblems`` and
/// `ValidationError` end with 2, a ``ToolFailure`` with its own code, an `ExitCode` with itself,
/// every other error with 1. Errors are one line on standard error, named after the program.
///
/// - Parameter arguments: the command line without the program's name; nil takes the process's.
public func runTool<Command: AsyncParsableCommand>(
    _ command: Command.Type,
    arguments: [String]? = nil
) async -> Never {
    do {
        var parsed = try await command.asyncParseAsRoot(arguments)
        if var concurrent = parsed as? any AsyncParsableCommand {
            try await concurrent.run()
        } else {
            try parsed.run()
        }
        exit(ToolExit.success.rawValue)
    } catch {
        let ending = ToolEnding(error, of: command)
        ending.output.map { Terminal.writeData($0 + "\n") }
        ending.complaint.map { Terminal.writeError($0 + "\n") }
        exit(ending.code)
    }
}

/// What an error makes of the process: texts for the two outputs and the exit code.
struct ToolEnding: Equatable {
    var output: String?
    var complaint: String?
    var code: Int32

    init<Command: ParsableCommand>(_ error: any Error, of command: Command.Type) {
        let program = command.configuration.commandName ?? "cordon"
        switch error {
        case let failure as ToolFailure:
            self.init(complaint: "\(program): \(failure.message)", code: failure.exit.rawValue)
        case let settings as SettingsProblems:
            let lines = settings.problems.map { "\(program): \($0)" }
            self.init(complaint: lines.joined(separator: "\n"), code: ToolExit.usage.rawValue)
        case let exit as ExitCode:
            self.init(code: exit.rawValue)
        default:
            self.init(unknown: error, of: command, program: program)
        }
    }

    private init(output: String? = nil, complaint: String? = nil, code: Int32) {
        self.output = output
        self.complaint = complaint
        self.code = code
    }

    /// Help, version and usage errors are the parser's own; the rest is a failure in one line.
    private init<Command: ParsableCommand>(
        unknown error: any Error,
        of command: Command.Type,
        program: String
    ) {
        switch command.exitCode(for: error) {
        case .success:
            self.init(output: command.message(for: error), code: ToolExit.success.rawValue)
        case .validationFailure:
            self.init(complaint: command.fullMessage(for: error), code: ToolExit.usage.rawValue)
        default:
            let lines = String(describing: error).split(whereSeparator: \.isNewline)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            let text = "\(program): " + lines.joined(separator: "; ")
            self.init(complaint: text, code: ToolExit.failure.rawValue)
        }
    }
}
