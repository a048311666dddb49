import Events
import Kafka
import ServiceKit

/// Finds records on `dead-letters`; one thread.
struct DeadLetterSearch {
    private let reader: KafkaReader
    private let connection: Connection
    private let partitions: [TopicPartition]

    /// Asks the broker for the topic's partitions.
    init(_ connection: Connection) throws {
        reader = try connection.reader()
        self.connection = connection
        partitions = try connection.partitions(of: connection.topics.deadLetters, reader)
    }

    /// Everything that the filter lets through from a place on, oldest first.
    func all(from start: StartChoice, _ filter: DeadLetterFilter) throws -> [DeadLetterEntry] {
        try read(from: try start.positions(partitions), filter)
    }

    /// The newest `limit` records that the filter lets through, oldest first.
    ///
    /// Offsets do not tell how many records there are, since markers of transactions take some:
    /// the stretch that is read grows until it holds enough or everything.
    func last(_ limit: Int, _ filter: DeadLetterFilter) throws -> [DeadLetterEntry] {
        let kept = try partitions.map { partition throws(KafkaError) in
            try reader.watermarks(partition, timeLimit: connection.timeLimit)
        }
        var stretch = 2 * Int64(limit) + 64
        while true {
            let starts = zip(partitions, kept).map { partition, offsets in
                let start = max(offsets.lowerBound, offsets.upperBound - stretch)
                return (partition, StartPosition.offset(start))
            }
            let entries = try read(from: starts, filter)
            let isEverything = kept.allSatisfy { $0.count <= stretch }
            if entries.count >= limit || isEverything { return entries.suffix(limit) }
            stretch *= 16
        }
    }

    /// Everything about the records that came from a place, or stand at it.
    ///
    /// - Throws: ``ToolFailure`` when there is none.
    func pages(_ place: DeadLetterEntry.Place) throws -> String {
        var pages: [String] = []
        try forEach(from: partitions.map { ($0, .earliest) }) { entry, value in
            guard entry.origin == place || entry.place == place else { return }
            pages.append(entry.page(value: value.bytes))
        }
        guard !pages.isEmpty else {
            throw ToolFailure("no dead letter came from \(place), and none stands there")
        }
        return pages.joined(separator: "\n")
    }

    /// Lends every dead letter, those of a partition in their order.
    func forEach(_ body: (DeadLetterEntry, _ value: RawSpan) -> Void) throws {
        try forEach(from: partitions.map { ($0, .earliest) }, body)
    }

    private func read(
        from starts: [(TopicPartition, StartPosition)],
        _ filter: DeadLetterFilter
    ) throws -> [DeadLetterEntry] {
        var entries: [DeadLetterEntry] = []
        try forEach(from: starts) { entry, _ in
            if filter.selects(entry) { entries.append(entry) }
        }
        return entries.sorted { left, right in
            (left.timestamp, left.place.partition, left.place.offset)
                < (right.timestamp, right.place.partition, right.place.offset)
        }
    }

    private func forEach(
        from starts: [(TopicPartition, StartPosition)],
        _ body: (DeadLetterEntry, _ value: RawSpan) -> Void
    ) throws {
        let topic = connection.topics.deadLetters
        try reader.readToEnd(starts, idleLimit: connection.timeLimit) { batch in
            for index in 0..<batch.count {
                batch.withDeadLetter(at: index, of: topic) { entry, _, _, value in
                    body(entry, value)
                }
            }
        }
    }
}
