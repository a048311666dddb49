import Events
import Kafka
import Logging
import RuleFeed
import ServiceKit

/// One worker: a thread of its own that owns a consumer, a transactional producer and all state.
///
/// A *session* lasts until a client fails for good; then everything is closed and a new session
/// begins from what the broker holds. That one way of recovery serves every fault: whether the last
/// transaction went through is read from the journal, never guessed.
struct ScreeningWorker: Sendable {
    let identity: WorkerIdentity
    let settings: ScreeningConfiguration
    let rules: RuleFeed
    let stop: StopSignal
    let status: WorkerStatus
    let metrics: ScreeningMetrics
    let logger: Logger

    /// Runs sessions until asked to stop.
    ///
    /// Blocks its thread.
    /// - Throws: ``ToolFailure`` when another process runs under the same identity.
    func run() throws {
        var backoff = Backoff(first: .milliseconds(250), limit: .seconds(10))
        while !stop.isRequested {
            do {
                try runSession(afterProgress: { _ = backoff.reset() })
            } catch let error as KafkaError where error.isFenced {
                status.set(.failed("fenced"))
                throw ToolFailure(
                    """
                    another process runs as \(identity): this one was fenced off and stops; give \
                    each process its own CORDON_SCREENING_INSTANCE
                    """
                )
            } catch {
                status.set(.recovering("\(error)"))
                metrics.sessionFailed()
                logger.warning(
                    "session failed, beginning anew",
                    metadata: ["error": "\(error)"]
                )
                stop.wait(atMost: backoff.next())
            }
        }
        status.set(.stopped)
    }

    private func runSession(afterProgress: () -> Void) throws {
        status.set(.joining)
        let journals = try JournalReader(
            settings.kafka,
            timeLimit: settings.brokerTimeLimit,
            logger: logger
        )
        defer { journals.close() }
        guard try awaitTopics(journals), awaitRules() else { return }
        status.set(.joining)
        let session = try ScreeningSession(self, journals: journals)
        defer { session.close() }
        try session.run(afterProgress: afterProgress)
    }

    /// Waits until it is known which rules hold; false when asked to stop before.
    private func awaitRules() -> Bool {
        while !rules.isKnown {
            guard !stop.isRequested else { return false }
            status.set(.waiting("the published rules have not been read yet"))
            stop.wait(atMost: .milliseconds(50))
        }
        return !stop.isRequested
    }

    /// Waits until every topic is there; false when asked to stop before.
    private func awaitTopics(_ journals: JournalReader) throws -> Bool {
        var pause = Backoff(first: .milliseconds(250), limit: .seconds(5))
        var lastProblem: String?
        while !stop.isRequested {
            guard let problem = try journals.checkTopics(settings.topics).problem else {
                return true
            }
            if problem != lastProblem {
                logger.warning("waiting for topics", metadata: ["reason": "\(problem)"])
            }
            lastProblem = problem
            status.set(.waiting(problem))
            stop.wait(atMost: pause.next())
        }
        return false
    }
}

/// Growing pauses between attempts.
struct Backoff {
    private let first: Duration
    private let limit: Duration
    private var following: Duration

    init(first: Duration, limit: Duration) {
        self.first = first
        self.limit = limit
        following = first
    }

    /// The pause before the next attempt; doubles each time up to the limit.
    mutating func next() -> Duration {
        defer { following = min(following * 2, limit) }
        return following
    }

    /// Begins again with the shortest pause; whether there had been a longer one.
    @discardableResult
    mutating func reset() -> Bool {
        defer { following = first }
        return following > first
    }
}
