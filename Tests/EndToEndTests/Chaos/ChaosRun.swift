import BrokerTools
import Foundation
import TestSupport

/// One run: the stream, the crew, the faults of a plan, and what came of it.
final class ChaosRun {
    let bench: Bench
    let stream: ReferenceStream
    private let plan: ChaosPlan
    private let broker: ChaosBroker
    private let wire: SlowWire?
    private let clock: WallClock
    private let feed: ChaosFeed
    private let crew: ChaosCrew
    private let cluster: ClusterTools
    private var done: [ChaosPlan.Fault: Int] = [:]
    private var groupChanges = 0
    private var poisoned = 0
    /// How long nothing may come of anything.
    private static let patience = Duration.seconds(90)

    /// What the run did and found, for the table.
    struct Report {
        var seed: UInt64
        var faults: [ChaosPlan.Fault: Int]
        var repeats: Int
        var answers: [String: Int]
        var fenced: Int
        var poisoned: Int
        var oddities: [String]
        var elapsed: Duration

        var kills: Int { faults.reduce(0) { $0 + ($1.key.isKill ? $1.value : 0) } }
    }

    init(_ plan: ChaosPlan, scale: String, broker: ChaosBroker) async throws {
        self.plan = plan
        self.broker = broker
        wire = try broker.wire()
        clock = try WallClock()
        bench = try await Bench(
            partitions: 4,
            servers: wire?.servers,
            serviceSettings: clock.environment
        )
        cluster = try ClusterTools(bench.topics.properties)
        stream = try await ReferenceStream(scale: scale, pieces: 24)
        // A sixth of the pieces goes over HTTP, cut small.
        let overHTTP = stream.parts.enumerated().filter { $0.offset % 6 == 5 }.map(\.element)
        let loaded = stream.parts.enumerated().filter { $0.offset % 6 != 5 }.map(\.element)
        feed = ChaosFeed(
            bench,
            parts: Array(loaded.prefix(loaded.count / 2)),
            reserve: Array(loaded.dropFirst(loaded.count / 2)),
            requests: try await stream.cut(overHTTP, into: 2_000)
        )
        crew = ChaosCrew(bench, plan)
    }

    /// Runs the plan to its end, then lets everybody finish.
    func run() async throws -> Report {
        let began = ContinuousClock.now
        for step in plan.steps {
            try await work(for: step.pause)
            if feed.isDone { feed.again(parts: Array(stream.parts.prefix(4))) }
            try await apply(step.fault)
            done[step.fault, default: 0] += 1
        }
        feed.releaseReserve()
        let deadline = ContinuousClock.now + .seconds(600)
        while !feed.isDone {
            try await work(for: .milliseconds(200))
            guard .now < deadline else {
                throw WaitTimeLimitExceeded(what: "the feed to end", timeLimit: .seconds(600))
            }
        }
        try await feed.close()
        try await settle()
        crew.buryZombies()
        try await crew.close()
        return Report(
            seed: plan.seed,
            faults: done,
            repeats: feed.repeats,
            answers: feed.answers,
            fenced: crew.fenced,
            poisoned: poisoned,
            oddities: crew.oddities,
            elapsed: .now - began
        )
    }

    /// Waits until every record is screened, as long as there is progress; whoever should have
    /// ended is given the time to.
    private func settle() async throws {
        var deadline = ContinuousClock.now + Self.patience
        var least = Int64.max
        while true {
            // A broker that is busy may not answer in time; that is no progress, and no end either.
            let lag = (try? await bench.lag()) ?? least
            if lag == 0 { break }
            if lag < least { (least, deadline) = (lag, .now + Self.patience) }
            guard .now < deadline else {
                throw await stuck("screening to go on; \(lag) records are left")
            }
            try await work(for: .milliseconds(500))
        }
    }

    private func work(for duration: Duration) async throws {
        let end = ContinuousClock.now + duration
        try await waitUntil("the next fault", within: duration + .seconds(60)) {
            try feed.advance()
            try crew.advance()
            return .now >= end
        }
    }

    /// Restarts the broker while no transaction is open.
    ///
    /// The development broker keeps a group's offsets but not the records of a transaction that is
    /// in work when it is stopped. Screening then finds group and journal in contradiction and
    /// stops those partitions, as it must; there is no right result to be held against.
    private func restartQuietly() async throws {
        feed.isPaused = true
        while !feed.isQuiet { try await work(for: .milliseconds(100)) }
        try await settle()
        try await work(for: .seconds(2))
        try await broker.restart()
        feed.isPaused = false
    }

    /// Another program joins the group, is given partitions, and leaves.
    ///
    /// Both times the instances stand still while fresh work piles up, begin with it, and stand
    /// still again while the group changes. So they learn of it when they have work in hand.
    ///
    /// Nobody else comes or goes meanwhile. On the development broker a leader that comes back to
    /// a stable group shares the partitions out anew, which nobody else hears of; that gives the
    /// same result as before only as long as every member is a static one. And a member whose
    /// leave comes behind a join of its own stays in the group for ever.
    private func visit() async throws {
        try await becomeStable()
        let name = "visitor"
        let visitor = try await withWorkInHand {
            let visitor = try bench.topics.joining(
                "cordon-screening",
                as: name,
                topics: Bench.inputs
            )
            try await waitUntil("a visitor to join", within: .seconds(60)) {
                try group().members.contains(name)
            }
            return visitor
        }
        var renewal: ContinuousClock.Instant? = .now + Self.patience / 3
        try await work(until: "a visitor is given partitions") {
            // librdkafka's own thread sleeps until a point of wall time: an instance that has
            // nothing to do may sleep as long as the clock was set back.
            if clock.wasSetBack, let time = renewal, .now >= time {
                print("chaos: everybody starts anew, after the clock was set back")
                crew.killAll()
                renewal = nil
            }
            return visitor.errors.contains("assigned:")
        }
        try await becomeStable()
        try await withWorkInHand {
            visitor.terminate()
            try await waitUntil("a visitor to leave", within: .seconds(60)) { !visitor.isRunning }
        }
    }

    /// Waits until everybody is ready and the group is not about to change.
    private func becomeStable() async throws {
        try await work(until: "the group is stable") {
            try await crew.isReady() && group().state == "Stable"
        }
    }

    private func work(until what: String, _ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + Self.patience
        while try await !condition() {
            guard .now < deadline else { throw await stuck(what) }
            try await work(for: .milliseconds(20))
        }
    }

    private func group() throws -> (state: String, members: [String]) {
        try cluster.describe(bench.topics.name("cordon-screening"))
    }

    private func stuck(_ what: String) async -> WaitTimeLimitExceeded {
        let group = try? group()
        return WaitTimeLimitExceeded(
            what: "\(what); the group is \(group as Any); " + (await crew.readiness()),
            timeLimit: Self.patience
        )
    }

    private func withWorkInHand<R>(_ change: () async throws -> R) async throws -> R {
        crew.signalAll(SIGSTOP)
        defer { crew.signalAll(SIGCONT) }
        if let part = feed.loadFresh() {
            try await waitUntil("fresh work", within: .seconds(60)) {
                try feed.advance()
                return feed.hasLoaded(part)
            }
        }
        // What they have fetched comes before what they hear of the group. How far they are in it
        // differs from time to time.
        let headStart = [60, 0, 30, 120][groupChanges % 4]
        groupChanges += 1
        if headStart > 0 {
            crew.signalAll(SIGCONT)
            try await work(for: .milliseconds(headStart))
            crew.signalAll(SIGSTOP)
        }
        return try await change()
    }

    private func apply(_ fault: ChaosPlan.Fault) async throws {
        switch fault {
        case .killScreening: crew.kill()
        case .stopScreening: crew.stop()
        case .join: crew.join()
        case .leave: crew.leave()
        case .visitor: try await visit()
        case .killLoad: feed.killLoad()
        case .killDoor: feed.killDoor()
        case .stopDoor: feed.stopDoor()
        case .cutConnections: wire?.cut()
        case .slowWire:
            wire?.slow(by: .milliseconds(150))
            try await work(for: .seconds(3))
            wire?.slow(by: .zero)
        case .clockJump:
            let offsets = [3_600, -5, -3_600, 0, 5]
            try clock.set(aheadBy: .seconds(offsets[done[fault, default: 0] % offsets.count]))
        case .restartBroker: try await restartQuietly()
        case .stallBroker:
            broker.signal(SIGSTOP)
            try await work(for: .seconds(3))
            broker.signal(SIGCONT)
        case .zombie:
            guard let zombie = try crew.replace() else { return }
            // Longer than the session timeout.
            try await work(for: .seconds(8))
            crew.wake(zombie)
        case .poison:
            for value in ["{", "[]", #"{"specversion":"1.0"}"#, "\u{1}"] {
                // While the broker is away kcat gives up; then it is not counted either.
                guard (try? await bench.topics.produce(value, to: "appstore-events")) != nil else {
                    continue
                }
                poisoned += 1
            }
        }
    }
}
