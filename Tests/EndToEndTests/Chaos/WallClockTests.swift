import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct WallClockTests {
        @Test(.timeLimit(.minutes(3)))
        func `a wall clock that is set back holds nobody up`() async throws {
            let clock = try WallClock()
            let topics = try TestTopics()
            let settings = ["CORDON_SCREENING_INSTANCE": "a", "CORDON_SCREENING_HTTP_PORT": "0"]
            let service = RunningService(
                try Program(
                    "cordon-screening",
                    ["serve"],
                    environment: topics.environment.merging(settings) { $1 }
                        .merging(clock.environment) { $1 }
                )
            )
            try await waitUntil("screening to wait for its topics") {
                service.program.errors.contains("waiting for topics")
            }
            try clock.set(aheadBy: .seconds(-3_600))
            let tool = try Program("cordon", ["topics", "create"], environment: topics.environment)
            #expect(try await tool.exitStatus() == 0)
            // It looks for them every five seconds at the latest.
            _ = try await service.ready(within: .seconds(30))
            service.program.terminate()
            #expect(try await service.program.exitStatus() == 0)
        }
    }
}
