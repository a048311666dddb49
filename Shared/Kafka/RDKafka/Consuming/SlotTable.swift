/// Finds a message's slot by its topic's pointer and its partition: no hash and no text per record.
///
/// Neighbouring records mostly share their partition, so the last answer is asked first.
struct SlotTable {
    private struct Topic {
        let name: String
        /// Known after the first message; valid while a partition of the topic is assigned.
        var pointer: OpaquePointer?
        /// Slot by partition number, -1 for none.
        var slots: [Int32]
    }

    private var topics: [Topic] = []
    private var lastPointer: OpaquePointer?
    private var lastPartition: Int32 = -1
    private var lastSlot = -1

    /// Slots are indices in the array.
    init(_ partitions: [TopicPartition] = []) {
        for (slot, partition) in partitions.enumerated() where partition.partition >= 0 {
            let index =
                topics.firstIndex { $0.name == partition.topic }
                ?? {
                    topics.append(Topic(name: partition.topic, slots: []))
                    return topics.count - 1
                }()
            let missing = Int(partition.partition) + 1 - topics[index].slots.count
            if missing > 0 { topics[index].slots += Array(repeating: -1, count: missing) }
            topics[index].slots[Int(partition.partition)] = Int32(slot)
        }
    }

    /// The slot, or nil for a partition that is not ours (any more).
    mutating func slot(
        topic pointer: OpaquePointer,
        partition: Int32,
        name: (OpaquePointer) -> String
    ) -> Int? {
        if pointer == lastPointer && partition == lastPartition { return lastSlot }
        guard let index = index(of: pointer, name), partition >= 0,
            partition < topics[index].slots.count
        else { return nil }
        let slot = topics[index].slots[Int(partition)]
        guard slot >= 0 else { return nil }
        (lastPointer, lastPartition, lastSlot) = (pointer, partition, Int(slot))
        return Int(slot)
    }

    private mutating func index(of pointer: OpaquePointer, _ name: (OpaquePointer) -> String)
        -> Int?
    {
        if let known = topics.firstIndex(where: { $0.pointer == pointer }) { return known }
        let name = name(pointer)
        guard let index = topics.firstIndex(where: { $0.name == name }) else { return nil }
        topics[index].pointer = pointer
        return index
    }
}
