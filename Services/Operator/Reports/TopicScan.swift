import Kafka

/// Reads a topic from its beginning to where it ends now, as a reader that sees only what is
/// committed; one thread.
struct TopicScan {
    private let reader: KafkaReader
    private let starts: [(TopicPartition, StartPosition)]
    private let idleLimit: Duration

    /// Asks the broker for the topic's partitions.
    init(_ connection: Connection, topic: String) throws {
        reader = try connection.reader()
        starts = try connection.partitions(of: topic, reader).map { ($0, .earliest) }
        idleLimit = connection.timeLimit
    }

    /// Lends every record once, those of a partition in their order.
    ///
    /// - Throws: `KafkaError` when nothing comes for the connection's time limit before the end.
    func readToEnd(
        _ body: (RecordInfo, _ key: RawSpan, _ value: RawSpan) throws -> Void
    ) throws {
        try reader.readToEnd(starts, idleLimit: idleLimit) { batch in
            for index in 0..<batch.count {
                try batch.withRecord(at: index) { info, key, value in
                    try body(info, key, value)
                }
            }
        }
    }
}
