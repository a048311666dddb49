import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// More than can be taken in is refused, not piled up.
    struct OverloadTests {
        /// Ten times what the door may hold arrives while the broker takes nothing.
        @Test(
            .enabled(if: ChaosBroker().isOurs, "needs a broker of the run's own"),
            .timeLimit(.minutes(3))
        )
        func `ingest's memory stays bounded when the broker takes nothing`() async throws {
            let wire = try #require(try ChaosBroker().wire())
            defer { wire.close() }
            let bench = try await Bench(servers: wire.servers)
            let door = try await bench.ingest(
                settings: [
                    "CORDON_INGEST_HTTP_IN_FLIGHT_LIMIT": "16MiB",
                    "CORDON_INGEST_ACK_LIMIT": "5s",
                ]
            ).ready()
            let idle = try #require(ProcessUsage(of: door.program.processID)).peakMemory

            wire.slow(by: .seconds(20))
            let body = try Self.megabyteOfEvents()
            let posts = try (0..<160).map { _ in
                try door.posting(body, type: "application/x-ndjson")
            }
            var statuses: [String: Int] = [:]
            for post in posts {
                _ = try await post.exitStatus(within: .seconds(120))
                statuses[post.output, default: 0] += 1
            }
            let peak = try #require(ProcessUsage(of: door.program.processID)).peakMemory
            print("overload: idle \(idle >> 20) MB, peak \(peak >> 20) MB, answers \(statuses)")

            // Nothing was acknowledged, so nothing may be answered with 202; every request was
            // answered, and the largest part at once, because the room was taken.
            #expect(statuses == ["503": posts.count])
            // A held byte of small events stands in the body and, with what the client keeps of
            // each record, in its queue: five bytes for one, and the connections' buffers.
            let bound = idle + 5 * (16 << 20) + (32 << 20)
            #expect(peak <= bound, "\(peak >> 20) MB, idle \(idle >> 20) MB")

            wire.slow(by: .zero)
            wire.cut()
            try await waitUntil("the door is ready again", within: .seconds(60)) {
                try await door.get("/readyz").status == 200
            }
            let answer = try await door.post(
                SampleEvents.download(id: "after"),
                type: "application/cloudevents+json"
            )
            #expect(answer.status == 202)
            #expect(try await door.stop() == 0)
        }

        private static func megabyteOfEvents() throws -> URL {
            var text = ""
            var number = 0
            while text.utf8.count < 1 << 20 {
                text += SampleEvents.download(id: "overload-\(number)") + "\n"
                number += 1
            }
            let file = FileManager.default.temporaryDirectory.appending(
                path: "overload-\(UUID().uuidString).ndjson"
            )
            try Data(text.utf8).write(to: file)
            return file
        }
    }
}
