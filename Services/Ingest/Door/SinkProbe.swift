import Kafka
import Logging
import ServiceKit
import ServiceLifecycle

/// Looks at the broker again and again and tells ``Readiness`` what it sees.
///
/// The door is ready only when both topics exist and every partition of them has a leader, and
/// becomes ready again by itself.
struct SinkProbe: Service {
    let sink: any EventSink
    let readiness: Readiness
    /// Between two looks.
    let interval: Duration
    let logger: Logger

    func run() async throws {
        let clock = ContinuousClock()
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await look()
                try? await clock.sleep(for: interval)
            }
        }
    }

    /// One look.
    func look() async {
        let wasMet = readiness.isMet(EventsDoor.sinkCondition)
        do {
            try await sink.checkReachable(timeLimit: interval + .seconds(2))
            readiness.met(EventsDoor.sinkCondition)
            if !wasMet { logger.notice("the broker can be written to") }
        } catch {
            readiness.unmet(EventsDoor.sinkCondition, because: error.sinkProblem)
            let metadata: Logger.Metadata = ["kafka.error": "\(error)"]
            if wasMet {
                logger.warning("the broker cannot be written to", metadata: metadata)
            } else {
                logger.debug("the broker still cannot be written to", metadata: metadata)
            }
        }
    }
}

/// Says that the service is stopping and keeps the door open for those who have not heard yet.
///
/// The last service of the group, so that it is the first to stop.
struct DrainNotice: Service {
    let readiness: Readiness
    /// How long the door stays open.
    let duration: Duration

    func run() async throws {
        try? await gracefulShutdown()
        readiness.unmet("running", because: "the service is stopping")
        try? await ContinuousClock().sleep(for: duration)
    }
}
