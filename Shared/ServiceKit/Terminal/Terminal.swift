import Foundation

/// What a program may know about, and do with, where its text goes.
public enum Terminal {
    /// The two outputs of a program.
    public enum Output: Sendable {
        /// Standard output: data.
        case data
        /// Standard error: text for people.
        case error

        var descriptor: Int32 { self == .data ? STDOUT_FILENO : STDERR_FILENO }
    }

    /// Whether an output is a terminal and not a file or a pipe.
    public static func isTerminal(_ output: Output) -> Bool {
        isatty(output.descriptor) == 1
    }

    /// Whether an output should be coloured: a terminal that is not dumb, and no `NO_COLOR`.
    public static func isColoured(_ output: Output) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isTerminal(output) && environment["TERM"] != "dumb"
            && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// The width of an output in columns, nil if it is not a terminal.
    public static func width(_ output: Output) -> Int? {
        var size = winsize()
        guard unsafe ioctl(output.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else { return nil }
        return Int(size.ws_col)
    }

    /// Writes data, in one piece; a reader that has gone away is no error.
    public static func writeData(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    /// Writes text for people, in one piece; a standard error that is gone is no error.
    public static func writeError(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// Text in colours of a terminal; the caller knows whether colours are wanted.
public enum Style {
    /// Emphasised.
    public static func bold(_ text: String) -> String { wrap(text, "1") }
    /// Less important.
    public static func dim(_ text: String) -> String { wrap(text, "2") }
    /// Wrong.
    public static func red(_ text: String) -> String { wrap(text, "31") }
    /// Right.
    public static func green(_ text: String) -> String { wrap(text, "32") }
    /// Worth a look.
    public static func yellow(_ text: String) -> String { wrap(text, "33") }
    /// A name.
    public static func cyan(_ text: String) -> String { wrap(text, "36") }

    private static func wrap(_ text: String, _ code: String) -> String {
        "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
