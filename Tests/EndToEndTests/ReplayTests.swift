import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Dead letters on their way back.
    struct ReplayTests {
        @Test(.timeLimit(.minutes(3)))
        func `what is valid by now goes back once, and a corrected record as corrected`()
            async throws
        {
            let bench = try await Bench()
            let service = try bench.screening()
            let broken = SampleEvents.download(id: "fixed").replacing(
                #","country":"US""#,
                with: ""
            )
            try await bench.topics.produce(
                broken,
                key: "k",
                headers: ["trace": "t-1"],
                to: "appstore-events"
            )
            // A record that an older, stricter reader refused: valid by now.
            try await bench.topics.produce(
                SampleEvents.download(id: "valid", time: "2021-01-20T12:00:00Z"),
                key: "k",
                headers: [
                    "__cordon.errors.reason": "invalid-value",
                    "__cordon.errors.topic": bench.topics.name("appstore-events"),
                    "__cordon.errors.partition": "0", "__cordon.errors.offset": "7",
                ],
                to: "dead-letters"
            )
            try await bench.waitUntilScreened(by: [service])

            let looked = try await bench.cordon(["dead-letters", "--replay", "--dry-run"])
            #expect(looked.output == "sent back        1\nstill invalid    1  missing-member\n")
            let first = try await bench.cordon(["dead-letters", "--replay"])
            #expect(first.output == looked.output)
            let second = try await bench.cordon(["dead-letters", "--replay"])
            #expect(second.output == "sent back        0\n")

            let letter = try #require(
                try await bench.topics.records(of: "dead-letters").first {
                    $0.header("trace") == "t-1"
                }
            )
            let place =
                "\(letter.header("__cordon.errors.topic") ?? ""):"
                + "\(letter.header("__cordon.errors.partition") ?? ""):"
                + "\(letter.header("__cordon.errors.offset") ?? "")"
            let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data(
                SampleEvents.download(id: "fixed", time: "2021-01-20T12:00:00Z").utf8
            ).write(to: file)
            let third = try await bench.cordon([
                "dead-letters", "--replay", "--show", place, "--with", file.path,
            ])
            #expect(third.output.hasPrefix("sent back        1\n"))

            // The transactions' markers stand behind the records, so the ends say nothing.
            try await waitUntil("both to be flagged") {
                try await bench.topics.records(of: "flagged-transactions").count >= 2
            }
            let flags = try await bench.topics.records(of: "flagged-transactions")
            #expect(Set(flags.map { $0.member("causationid") }) == ["valid", "fixed"])
            #expect(flags.count == 2)
            let sent = try await bench.topics.records(of: "appstore-events").suffix(2)
            #expect(sent.allSatisfy { $0.key == "k" && $0.header("__cordon.errors.reason") == nil })
            #expect(sent.contains { $0.header("trace") == "t-1" })
            #expect(sent.allSatisfy { $0.header("__cordon.replayed.from") != nil })
            #expect(try await service.stop() == 0)
        }
    }
}
