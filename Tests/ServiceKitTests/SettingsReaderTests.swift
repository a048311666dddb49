import Logging
import Testing

@testable import ServiceKit

@Suite struct SettingsReaderTests {
    @Test func `a flag overrides the environment, which overrides the default`() throws {
        var reader = SettingsReader(
            flags: ["CORDON_A": "1", "CORDON_B": nil],
            environment: ["CORDON_A": "2", "CORDON_B": "3"]
        )
        #expect(reader.int("CORDON_A", default: 9, in: 0...10) == 1)
        #expect(reader.int("CORDON_B", default: 9, in: 0...10) == 3)
        #expect(reader.int("CORDON_C", default: 9, in: 0...10) == 9)
        try reader.finish(strictPrefixes: ["CORDON_"])
        #expect(reader.summary == "CORDON_A=1 CORDON_B=3 CORDON_C=9")
        #expect(reader.entries.map(\.isDefault) == [false, false, true])
    }

    @Test func `every problem is reported at once, each with its variable`() {
        var reader = SettingsReader(
            flags: ["CORDON_X_PORT": "70000"],
            environment: [
                "CORDON_X_SIZE": "huge", "CORDON_X_WAIT": "5 minutes", "CORDON_X_ON": "maybe",
                "CORDON_X_LEVEL": "loud", "CORDON_X_PROT": "1", "CORDON_OTHER": "1",
            ]
        )
        _ = reader.int("CORDON_X_PORT", default: 1, in: 0...65_535)
        _ = reader.bytes("CORDON_X_SIZE", default: 1, in: 0...10)
        _ = reader.duration("CORDON_X_WAIT", default: .zero, in: .zero ... .seconds(90))
        _ = reader.bool("CORDON_X_ON", default: true)
        _ = reader.choice("CORDON_X_LEVEL", default: Logger.Level.info)
        reader.report("two settings disagree")
        let problems = #expect(throws: SettingsProblems.self) {
            try reader.finish(strictPrefixes: ["CORDON_X_"])
        }
        #expect(
            problems?.problems == [
                #"CORDON_X_PORT (from its flag) is not an integer from 0 to 65535: "70000""#,
                #"CORDON_X_SIZE is not a number of bytes from 0 to 10, such as 1048576 or 1MiB: "#
                    + #""huge""#,
                #"CORDON_X_WAIT is not a duration from 0ms to 90s, such as 250ms, 30s or 5m: "#
                    + #""5 minutes""#,
                #"CORDON_X_ON is not true or false: "maybe""#,
                "CORDON_X_LEVEL is not one of trace, debug, info, notice, warning, error, "
                    + #"critical: "loud""#,
                "two settings disagree",
                "CORDON_X_PROT is not a setting; did you mean CORDON_X_PORT?",
            ]
        )
    }

    @Test func `a secret is never printed`() throws {
        var reader = SettingsReader(environment: ["CORDON_X_TOKEN": "hunter2hunter2"])
        let read = reader.secret("CORDON_X_TOKEN")
        let secret = try #require(read)
        #expect(secret.revealed == "hunter2hunter2")
        #expect(!"\(secret) \(String(reflecting: secret)) \(reader.summary)".contains("hunter"))
        #expect(reader.summary == "CORDON_X_TOKEN=<redacted>")
    }

    @Test func `an empty variable is absent`() throws {
        var reader = SettingsReader(environment: ["CORDON_X_A": "", "CORDON_X_TYPO": ""])
        #expect(reader.optionalString("CORDON_X_A") == nil)
        try reader.finish(strictPrefixes: ["CORDON_X_"])
    }

    @Test func `a name that resembles nothing gets no suggestion`() {
        var reader = SettingsReader(environment: ["CORDON_X_COMPLETELY_DIFFERENT": "1"])
        _ = reader.string("CORDON_X_PORT", default: "")
        let problems = #expect(throws: SettingsProblems.self) {
            try reader.finish(strictPrefixes: ["CORDON_X_"])
        }
        #expect(problems?.problems == ["CORDON_X_COMPLETELY_DIFFERENT is not a setting"])
    }

    @Test(arguments: [
        ("1048576", 1_048_576), ("1MiB", 1_048_576), ("16kib", 16_384), ("2GiB", 2_147_483_648),
        ("7B", 7), ("-1", nil), ("1MB", nil), ("9223372036854775807GiB", nil), ("", nil),
    ])
    func `numbers of bytes`(text: String, count: Int?) {
        #expect(ByteCount(text)?.count == count)
    }

    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)),
        ("2h", .seconds(7_200)),
    ])
    func `a duration reads as it is written`(text: String, duration: Duration) {
        #expect(parsedDuration(text) == duration)
        #expect(durationText(duration) == text)
    }

    @Test(arguments: ["", "5", "s", "-1s", "1.5s", "9223372036854775807h"])
    func `what is no duration is refused`(text: String) {
        #expect(parsedDuration(text) == nil)
    }

    @Test(arguments: [
        ("s3cret-s3cret-s3", true), ("s3cret-s3cret-s4", false), ("s3cret-s3cret-s", false),
        ("s3cret-s3cret-s3s3cret-s3cret-s3", false), ("", false),
    ])
    func `a secret matches itself alone`(candidate: String, matches: Bool) {
        #expect(Secret("s3cret-s3cret-s3").matches(candidate.utf8) == matches)
        #expect(!Secret("").matches(candidate.utf8))
    }
}
