import TestSupport

/// What goes wrong in a run, and when: all of it from one seed.
struct ChaosPlan {
    /// Something that goes wrong.
    enum Fault: String, CaseIterable {
        /// `kill -9` of a screening instance; it comes back under its name.
        case killScreening = "kill -9 of screening"
        /// SIGTERM of a screening instance; it comes back under its name.
        case stopScreening = "SIGTERM of screening"
        /// An instance more, for the rest of the run.
        case join = "an instance joins"
        /// `kill -9` of a screening instance that never comes back.
        case leave = "an instance dies for good"
        /// Another program reads in the group's name and leaves again: partitions move away from
        /// instances that live and are in the middle of work, and come back.
        case visitor = "another member comes and goes"
        /// An instance stands still, a successor under its name takes over, it wakes up.
        case zombie = "SIGSTOP, a successor, SIGCONT"
        /// `kill -9` of a file load; the whole part is sent again.
        case killLoad = "kill -9 of a file load"
        /// `kill -9` of the HTTP door; requests without an answer are sent again.
        case killDoor = "kill -9 of the HTTP door"
        /// SIGTERM of the HTTP door.
        case stopDoor = "SIGTERM of the HTTP door"
        /// The broker stands still for a few seconds.
        case stallBroker = "the broker stands still"
        /// The broker is stopped and started again.
        case restartBroker = "the broker restarts"
        /// Every connection to the broker is cut.
        case cutConnections = "connections are cut"
        /// Everything takes longer on its way between services and broker, for a few seconds.
        case slowWire = "the wire is slow"
        /// The wall clock of every service jumps ahead or back, by seconds or by an hour.
        case clockJump = "the wall clock jumps"
        /// Records that are no events.
        case poison = "records that are no events"

        /// Whether it counts as a kill.
        var isKill: Bool {
            switch self {
            case .killScreening, .stopScreening, .leave, .killLoad, .killDoor, .stopDoor: true
            default: false
            }
        }

        /// How often it happens among a hundred faults, roughly.
        var weight: Int {
            switch self {
            case .killScreening: 34
            case .stopScreening: 20
            case .join: 3
            case .leave: 2
            case .visitor: 12
            case .zombie: 4
            case .killLoad: 8
            case .killDoor: 8
            case .stopDoor: 6
            case .stallBroker: 3
            case .restartBroker: 2
            case .cutConnections: 6
            case .slowWire: 4
            case .clockJump: 6
            case .poison: 6
            }
        }
    }

    /// A fault with the pause before it.
    struct Step {
        var fault: Fault
        var pause: Duration
    }

    let seed: UInt64
    /// How many of the faults are kills.
    let kills: Int
    let steps: [Step]
    /// Whether somebody loses partitions by being silent, so that it should not take long.
    let hasEvictions: Bool

    /// - Parameters:
    ///   - kills: how many of the faults are kills.
    ///   - possible: what can be done to this cluster.
    init(seed: UInt64, kills: Int, possible: Set<Fault>) {
        self.seed = seed
        self.kills = kills
        hasEvictions = possible.contains(.leave) || possible.contains(.zombie)
        var chance = SeededChance(seed: seed)
        let faults = Fault.allCases.filter(possible.contains)
        let total = faults.reduce(0) { $0 + $1.weight }
        var steps: [Step] = []
        var done = 0
        while done < kills {
            var ticket = chance.number(below: total)
            let fault = faults.first { fault in
                ticket -= fault.weight
                return ticket < 0
            }
            guard let fault else { continue }
            let pause = Duration.milliseconds(50 + chance.number(below: 500))
            steps.append(Step(fault: fault, pause: pause))
            if fault.isKill { done += 1 }
        }
        self.steps = steps
    }
}
