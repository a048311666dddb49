import Testing

@testable import ServiceKit

@Suite struct StopSignalTests {
    @Test(.timeLimit(.minutes(1)))
    func `a request ends the waits of all threads, those that begin later too`() async throws {
        let signal = StopSignal()
        let waits = (0..<3).map { number in
            Task {
                try await onDedicatedThread(named: "wait-\(number)") {
                    signal.wait(atMost: .seconds(3_600))
                }
            }
        }
        signal.request()
        signal.request()
        for wait in waits { try await wait.value }
        signal.wait(atMost: .seconds(3_600))
        #expect(signal.isRequested)
    }

    @Test func `a wait ends by itself`() {
        let signal = StopSignal()
        let begin = ContinuousClock.now
        signal.wait(atMost: .milliseconds(20))
        signal.wait(atMost: .zero)
        #expect(begin.duration(to: .now) >= .milliseconds(20))
        #expect(!signal.isRequested)
    }
}
