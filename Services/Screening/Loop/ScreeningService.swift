import Logging
import RuleFeed
import ServiceKit
import ServiceLifecycle

/// Runs the workers, each on a thread of its own, until a graceful shutdown or the first failure.
struct ScreeningService: Service {
    let workers: [ScreeningWorker]
    let rules: RuleFeed
    let stop: StopSignal

    /// Returns when every worker has stopped.
    ///
    /// - Throws: the first worker's failure, after all the others have been stopped.
    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withTaskCancellationHandler {
                try await runWorkers()
            } onCancel: {
                stop.request()
            }
        } onGracefulShutdown: {
            stop.request()
        }
    }

    private func runWorkers() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await onDedicatedThread(named: "rules") {
                    rules.run(
                        until: { stop.isRequested },
                        pause: { stop.wait(atMost: $0) }
                    )
                }
            }
            for worker in workers {
                group.addTask {
                    // One worker that fails takes the others along, so that the process ends and
                    // its partitions go to somebody who can read them.
                    defer { stop.request() }
                    try await onDedicatedThread(named: "screening-\(worker.identity.worker)") {
                        try worker.run()
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
