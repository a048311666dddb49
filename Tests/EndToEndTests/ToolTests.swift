import TestSupport
import Testing

/// The manners of the three programs; none of this needs a broker.
@Suite(.serialized)
struct ToolTests {
    @Test(
        .timeLimit(.minutes(2)),
        arguments: [
            ("cordon", ["topics", "describe"]), ("cordon", ["topics", "create"]),
            ("cordon", ["report", "downloads", "--year", "2020"]), ("cordon", ["dead-letters"]),
            ("cordon-ingest", ["load", "-"]),
        ]
    )
    func `a tool whose broker is away says so in a line and ends with 1`(
        name: String,
        arguments: [String]
    ) async throws {
        let program = try Program(
            name,
            arguments + ["--timeout", "2"],
            environment: ["CORDON_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1"],
            input: Array((SampleEvents.download(id: "one") + "\n").utf8)
        )
        #expect(try await program.exitStatus(within: .seconds(90)) == 1)
        #expect(program.errors.contains("127.0.0.1:1"))
        #expect(program.errors.split(separator: "\n").count == 1)
        #expect(program.output.isEmpty)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("cordon", ["no-such-command"]), ("cordon", ["report", "downloads", "--year", "MMXX"]),
            ("cordon-ingest", ["load"]), ("cordon-ingest", ["serve", "--no-such-flag"]),
            ("cordon-screening", ["serve", "--workers", "none"]),
        ]
    )
    func `bad usage ends with 2 and an explanation`(
        name: String,
        arguments: [String]
    ) async throws {
        let program = try Program(name, arguments)
        #expect(try await program.exitStatus() == 2)
        #expect(!program.errors.isEmpty)
        #expect(program.output.isEmpty)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["cordon", "cordon-ingest", "cordon-screening"])
    func `help and version go to standard output and end with 0`(name: String) async throws {
        for argument in ["--help", "--version"] {
            let program = try Program(name, [argument])
            #expect(try await program.exitStatus() == 0)
            #expect(!program.output.isEmpty)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("CORDON_KAFKA_ACKS", "0"), ("CORDON_KAFKA_ISOLATION_LEVEL", "read_uncommitted"),
            ("CORDON_SCREENING_WORKERS", "0"), ("CORDON_TOPIC_PREFIX", "no spaces"),
        ]
    )
    func `a setting that cannot be honoured is refused by its name`(
        name: String,
        value: String
    ) async throws {
        let program = try Program("cordon-screening", ["serve"], environment: [name: value])
        #expect(try await program.exitStatus() == 2)
        #expect(program.errors.contains(name))
    }
}
