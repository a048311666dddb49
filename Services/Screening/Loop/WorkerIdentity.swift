import Events

/// The stable name of one worker: its place in the consumer group and its transactions.
struct WorkerIdentity: Sendable, Hashable, CustomStringConvertible {
    /// The consumer group.
    let group: String
    /// `group.instance.id` and `transactional.id`: `<group>.<instance>.<worker>`.
    let name: String
    /// The worker's number within its process, from 0.
    let worker: Int

    init(names: TopicNames, instance: String, worker: Int) {
        group = names.screeningGroup
        name = "\(group).\(instance).\(worker)"
        self.worker = worker
    }

    var description: String { name }
}
