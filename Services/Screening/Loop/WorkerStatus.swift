import ServiceKit

/// Tells `/readyz` what a worker is doing; written by the worker's thread.
struct WorkerStatus: Sendable {
    enum State: Sendable, Equatable {
        /// Connecting and waiting for the group's assignment.
        case joining
        /// Something has to be done outside before the worker can begin.
        case waiting(String)
        /// Reading the journal: how many of the assigned partitions are done, and how many marks
        /// of the next one have been read, of so many at most.
        case restoring(done: Int, of: Int, marks: Int = 0, ofMarks: Int = 0)
        /// Reading; partitions that were refused are named with the cure.
        case running(partitions: Int, refused: [String])
        /// A client failed; a new session begins soon.
        case recovering(String)
        /// Stopped for good by a fault.
        case failed(String)
        /// Stopped as asked.
        case stopped
    }

    private let readiness: Readiness
    private let condition: String

    /// - Parameter worker: the worker's number, which names its condition.
    init(worker: Int, readiness: Readiness) {
        self.readiness = readiness
        condition = "worker-\(worker)"
        set(.joining)
    }

    /// Replaces what the endpoint says.
    func set(_ state: State) {
        if let impediment = state.impediment {
            readiness.unmet(condition, because: impediment)
        } else {
            readiness.met(condition)
        }
    }
}

extension WorkerStatus.State {
    /// Nil when the worker does its work, else why it does not.
    var impediment: String? {
        switch self {
        case .joining: "joining the group"
        case .waiting(let reason): reason
        case .restoring(let done, let all, _, 0): "restoring: \(done) of \(all) partitions done"
        case .restoring(let done, let all, let marks, let most):
            """
            restoring: \(done) of \(all) partitions done, the next has \(marks) of at most \(most) \
            marks
            """
        case .running(_, let refused) where refused.isEmpty: nil
        case .running(_, let refused): refused.joined(separator: "; ")
        case .recovering(let reason): "recovering: \(reason)"
        case .failed(let reason): "failed: \(reason)"
        case .stopped: "stopped"
        }
    }
}
