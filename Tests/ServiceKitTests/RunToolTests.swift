import ArgumentParser
import Testing

@testable import ServiceKit

@Suite struct RunToolTests {
    struct Sample: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "sample", version: "9.9")
        @Option var count: Int = 1
    }

    struct TwoLines: Error, CustomStringConvertible {
        var description: String { "first\n    second" }
    }

    private func ending(of arguments: [String]) -> ToolEnding? {
        do {
            // Help is a command of its own, which ends by throwing what it has to say.
            var command = try Sample.parseAsRoot(arguments)
            if !(command is Sample) { try command.run() }
            return nil
        } catch {
            return ToolEnding(error, of: Sample.self)
        }
    }

    @Test func `the version goes to standard output and ends well`() {
        #expect(ending(of: ["--version"]) == ToolEnding(CleanVersion.error, of: Sample.self))
        #expect(ending(of: ["--version"])?.output == "9.9")
        #expect(ending(of: ["--version"])?.code == 0)
    }

    @Test func `help goes to standard output and ends well`() throws {
        let ending = try #require(self.ending(of: ["--help"]))
        #expect(ending.output?.contains("USAGE: sample") == true)
        #expect(ending.complaint == nil)
        #expect(ending.code == 0)
    }

    @Test(arguments: [["--nope"], ["--count", "many"], ["stray"]])
    func `bad usage ends with 2 and says what is wrong`(arguments: [String]) throws {
        let ending = try #require(self.ending(of: arguments))
        #expect(ending.code == 2)
        #expect(ending.output == nil)
        #expect(ending.complaint?.hasPrefix("Error: ") == true)
    }

    @Test func `a failure is one line named after the program`() {
        let ending = ToolEnding(ToolFailure("no broker"), of: Sample.self)
        #expect(ending.complaint == "sample: no broker")
        #expect(ending.code == 1)
        #expect(ToolEnding(ToolFailure("x", exit: .usage), of: Sample.self).code == 2)
    }

    @Test func `problems with settings end with 2, one line each`() {
        let ending = ToolEnding(SettingsProblems(["A is bad", "B is bad"]), of: Sample.self)
        #expect(ending.complaint == "sample: A is bad\nsample: B is bad")
        #expect(ending.code == 2)
    }

    @Test func `an error of several lines becomes one`() {
        let ending = ToolEnding(TwoLines(), of: Sample.self)
        #expect(ending.complaint == "sample: first; second")
        #expect(ending.code == 1)
    }

    @Test func `an exit code passes silently`() {
        let ending = ToolEnding(ExitCode(130), of: Sample.self)
        #expect(ending.code == 130)
        #expect(ending.complaint == nil)
    }

    /// The parser's own error for `--version`.
    private enum CleanVersion {
        static var error: any Error {
            do {
                _ = try Sample.parseAsRoot(["--version"])
                return ExitCode.failure
            } catch {
                return error
            }
        }
    }
}
