import TestSupport
import Testing

extension EndToEnd {
    /// `cordon verify` on a stream that is whole, and on one that somebody tampered with.
    struct VerifyTests {
        @Test(.timeLimit(.minutes(3)))
        func `what is forged on any topic is found and named`() async throws {
            let bench = try await Bench()
            let service = try bench.screening()
            for number in 0..<20 {
                let event = SampleEvents.download(
                    id: "\(number % 18)",
                    time: "2021-01-20T12:00:00Z"
                )
                try await bench.topics.produce(event, key: "k", to: "appstore-events")
            }
            try await bench.topics.produce("{", key: "k", to: "appstore-events")
            try await bench.waitUntilScreened(by: [service])
            #expect(try await service.stop() == 0)

            let whole = try await verify(bench)
            #expect(whole.status == 0, "\(whole.errors)")
            #expect(whole.output.contains(" 21        18          2     1"))

            let flag = try #require(
                try await bench.topics.records(of: "flagged-transactions").first
            )
            let count = try #require(try await bench.topics.records(of: "download-counts").last)
            let forged = (flag.payload ?? "").replacing("\"review\"", with: "\"prohibited\"")
            try await bench.topics.produce(
                forged,
                key: flag.key ?? "",
                to: "flagged-transactions"
            )
            try await bench.topics.produce(
                (count.payload ?? "").replacing("\"count\":", with: "\"count\":9"),
                key: count.key ?? "",
                to: "download-counts"
            )
            try await bench.topics.produce(SampleEvents.download(id: "late"), to: "appstore-events")
            let tampered = try await verify(bench)
            #expect(tampered.status == 1)
            #expect(tampered.errors.contains("flag \(flag.key ?? "") of offset"))
            #expect(tampered.errors.contains("stands twice"))
            #expect(tampered.errors.contains("its events give 18"))
            // A record that nobody screened yet waits; it is no residue.
            #expect(tampered.errors.contains("residues found"))
            #expect(!tampered.errors.contains("records on the topic, but"))
        }

        private func verify(_ bench: Bench) async throws
            -> (status: Int32, output: String, errors: String)
        {
            let program = try Program(
                "cordon",
                ["verify", "--deep"],
                environment: bench.topics.environment
            )
            return (try await program.exitStatus(), program.output, program.errors)
        }
    }
}
