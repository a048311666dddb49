import Kafka
import ServiceKit
import ServiceLifecycle
import Synchronization

/// A load as a service, so that signals reach it like any other.
final class LoadJob: Service {
    private let options: LoadOptions
    private let publisher: EventPublisher?
    private let stop: StopFlag
    private let limit: Duration
    private let result = Mutex<(LoadSummary?, ToolFailure?)>((nil, nil))

    /// - Parameter limit: how long to wait for a broker that does not answer.
    init(options: LoadOptions, publisher: EventPublisher?, stop: StopFlag, limit: Duration) {
        self.options = options
        self.publisher = publisher
        self.stop = stop
        self.limit = limit
    }

    /// What was done, nil if it never began, and why it ended early, nil if it did not.
    var outcome: (summary: LoadSummary?, failure: ToolFailure?) { result.withLock { $0 } }

    func run() async throws {
        await withGracefulShutdownHandler {
            await load()
        } onGracefulShutdown: {
            self.stop.raise()
        }
    }

    private func load() async {
        do {
            let run = try LoadRun(options, publisher: publisher, stop: stop)
            try await reachBroker()
            do throws(ToolFailure) {
                try await run.run()
                keep(run.summary, nil)
            } catch {
                keep(run.summary, error)
            }
        } catch {
            keep(nil, error)
        }
    }

    /// A broker that is not there shows soon, before anything is read.
    private func reachBroker() async throws(ToolFailure) {
        guard let publisher else { return }
        do {
            try await publisher.sink.checkReachable(timeLimit: min(limit, .seconds(10)))
        } catch {
            throw ToolFailure("cannot write to Kafka: \(error.sinkProblem)")
        }
    }

    private func keep(_ summary: LoadSummary?, _ failure: ToolFailure?) {
        result.withLock { $0 = (summary, failure) }
    }
}
