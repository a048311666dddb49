import Foundation
import TestSupport

/// The screening instances of a run: who is there, who was ended, and who has to come back.
final class ChaosCrew {
    private let bench: Bench
    private let sessions: [String: String]
    private var members: [Member] = []
    /// Instances that stood still while a successor took their name; they must end by themselves.
    private var zombies: [Program] = []
    /// How many have joined so far; a name is never used again.
    private var joined = 0
    private var chance: SeededChance
    /// What ended otherwise than it should have.
    private(set) var oddities: [String] = []
    /// Zombies that were fenced and said so.
    private(set) var fenced = 0

    private struct Member {
        var name: String
        var workers: Int
        var service: RunningService?
        /// When it comes back.
        var due = ContinuousClock.now
        /// How it may end.
        var allowed: Set<Int32> = []
    }

    init(_ bench: Bench, _ plan: ChaosPlan) {
        self.bench = bench
        // As short as Kafka allows: what belongs to the dead is given away soon. Where nobody is
        // evicted it would only make instances give up by themselves when the broker is slow.
        sessions = plan.hasEvictions ? ["CORDON_KAFKA_SESSION_TIMEOUT_MS": "6000"] : [:]
        chance = SeededChance(seed: plan.seed ^ 0xC4E3)
        for (name, workers) in [("a", 2), ("b", 1)] {
            members.append(Member(name: name, workers: workers))
        }
    }

    /// Starts who is due and looks after who ended.
    func advance() throws {
        for index in members.indices {
            if let service = members[index].service, let status = service.program.status {
                if !members[index].allowed.contains(status) {
                    oddities.append(
                        "\(members[index].name) ended with \(status): "
                            + String(service.program.errors.suffix(400))
                    )
                }
                members[index].service = nil
                members[index].due = .now + .milliseconds(chance.number(below: 400))
            }
            if members[index].service == nil, members[index].due <= .now {
                members[index].service = try start(members[index])
                members[index].allowed = []
            }
        }
        zombies.removeAll { zombie in
            guard let status = zombie.status else { return false }
            if status == 1, zombie.errors.contains("fenced off") {
                fenced += 1
            } else {
                oddities.append("a zombie ended with \(status): \(zombie.errors.suffix(400))")
            }
            return true
        }
    }

    private func start(_ member: Member) throws -> RunningService {
        try bench.screening(
            member.name,
            settings: sessions.merging([
                "CORDON_SCREENING_WORKERS": "\(member.workers)",
                // Small transactions that follow each other at once, so that there is always one
                // to disturb.
                "CORDON_SCREENING_BATCH_RECORDS": "100",
                "CORDON_SCREENING_COMMIT_INTERVAL": "1ms",
                // What moves in the group is noticed with the next heartbeat.
                "CORDON_KAFKA_HEARTBEAT_INTERVAL_MS": "100",
            ]) { $1 }
        )
    }

    func kill() {
        if let index = victim() { kill(at: index) }
    }

    func killAll() {
        for index in running { kill(at: index) }
    }

    private func kill(at index: Int) {
        members[index].allowed.insert(-9)
        members[index].service?.program.kill()
    }

    func stop() {
        guard let index = victim() else { return }
        // Before its handlers are there, SIGTERM ends any program.
        members[index].allowed.formUnion([0, -15])
        members[index].service?.program.terminate()
    }

    func join() {
        guard members.count < 5 else { return }
        joined += 1
        members.append(Member(name: "joined-\(joined)", workers: 1))
    }

    /// Ends one for good, as long as two are left.
    func leave() {
        guard members.count > 2, let index = victim() else { return }
        members.remove(at: index).service?.program.kill()
    }

    /// Holds every instance up in its tracks, or lets all go on.
    func signalAll(_ number: Int32) {
        for member in members { member.service?.program.signal(number) }
    }

    /// Stops an instance in its tracks and starts another one under its name.
    ///
    /// - Returns: the one that stands still.
    func replace() throws -> Program? {
        guard let index = victim(), let old = members[index].service?.program else { return nil }
        old.signal(SIGSTOP)
        members[index].service = try start(members[index])
        members[index].allowed = []
        return old
    }

    /// Lets a replaced instance go on; it must end by itself.
    func wake(_ zombie: Program) {
        zombie.signal(SIGCONT)
        zombies.append(zombie)
    }

    /// Ends zombies that had no reason to notice: nothing came to them any more.
    func buryZombies() {
        for zombie in zombies { zombie.kill() }
        zombies = []
    }

    /// Whether everybody is there and ready.
    func isReady() async -> Bool {
        for member in members {
            guard let service = member.service, (try? await service.isReady()) == true else {
                return false
            }
        }
        return true
    }

    /// What everybody says of themselves, for when something does not happen.
    func readiness() async -> String {
        var words: [String] = []
        for member in members {
            guard let service = member.service else {
                words.append("\(member.name) is down")
                continue
            }
            let answer = try? await service.get("/readyz")
            words.append(
                "\(member.name): \(answer?.body ?? "no answer"), having said: "
                    + service.program.errors.suffix(600)
            )
        }
        return words.joined(separator: "; ")
    }

    /// Ends everybody in good order.
    func close() async throws {
        for member in members {
            guard let program = member.service?.program else { continue }
            program.terminate()
            let status = try await program.exitStatus(within: .seconds(60))
            if status != 0 { oddities.append("\(member.name) ended with \(status) at the end") }
        }
    }

    private var running: [Int] {
        members.indices.filter { members[$0].service?.program.isRunning == true }
    }

    private func victim() -> Int? {
        let running = running
        return running.isEmpty ? nil : running[chance.number(below: running.count)]
    }
}
