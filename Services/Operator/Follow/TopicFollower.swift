import Kafka

/// Reads a topic as it grows, or to where it ends now, until it is interrupted; one thread.
struct TopicFollower {
    private let reader: KafkaReader
    private let isEndless: Bool
    /// How long a signal may wait for the loop to look at it.
    private static let pollWait: Duration = .milliseconds(200)
    private static let recordLimit = 10_000

    /// Finds the topic and where to begin.
    init(
        _ connection: Connection,
        topic: String,
        from start: StartChoice,
        isEndless: Bool
    ) throws {
        reader = try connection.reader()
        self.isEndless = isEndless
        let partitions = try connection.partitions(of: topic, reader)
        try reader.assign(try start.positions(partitions), timeLimit: connection.timeLimit)
    }

    /// Lends batches until the end, an interrupt, or an error of the body.
    func run(_ body: (borrowing RecordBatch) throws -> Void) throws {
        // Only from here on: until now a signal ends the process, also while no broker answers.
        Interrupt.trap()
        while !Interrupt.isRequested {
            let batch = try reader.poll(recordLimit: Self.recordLimit, wait: Self.pollWait)
            if !batch.isEmpty { try body(batch) }
            if !isEndless, reader.isAtEnd { return }
        }
    }
}
