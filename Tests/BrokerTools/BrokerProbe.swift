import CRDKafka

/// What a cluster does of its own accord to those who died or fell behind, found out by trying.
///
/// Apache Kafka does all of it; a broker for development may not, and what a test expects of it
/// then has to be left out.
public struct BrokerProbe: Sendable {
    /// Whether offsets in a transaction are refused from a generation of the group that never was,
    /// which is what holds back a member that slept while its partitions moved on.
    public let refusesForeignGenerations: Bool
    /// Whether a member that died without leaving loses its partitions after the session timeout.
    public let evictsDeadMembers: Bool
    /// Whether a transaction that nobody ends is ended after its time.
    public let endsOverdueTransactions: Bool

    private static let sessionTimeout: Int32 = 6_000
    private static let transactionTimeout: Int32 = 1_000
    /// Longer than the session timeout and than the 10 s after which Kafka looks for overdue
    /// transactions.
    private static let patience = Duration.seconds(20)

    /// Tries it out on a topic with one partition or more, where it writes a record, in a group and
    /// under a transactional id that begin with the topic's name.
    ///
    /// Blocks for up to 40 s where nothing happens, for some 15 s on Apache Kafka.
    ///
    /// - Parameter properties: librdkafka's, with `bootstrap.servers`.
    public init(_ properties: [String: String], topic: String) throws {
        refusesForeignGenerations = try Self.refusesForeignGenerations(properties, topic)

        let group = topic + "-probe-members"
        try Self.dieAsMember(of: group, properties, topic)
        let reader = try RawClient(
            RD_KAFKA_CONSUMER,
            properties.merging(["isolation.level": "read_committed"]) { $1 }
        )
        let before = Self.readableEnd(of: topic, by: reader)
        let abandoned = try Self.abandonTransaction(properties, topic)
        let heir = try Self.member(of: group, properties, topic)
        var hasEvicted = false
        var hasEnded = false
        let end = ContinuousClock.now + Self.patience
        while .now < end, !(hasEvicted && hasEnded) {
            heir.pollOnce(milliseconds: 100)
            hasEvicted = hasEvicted || Self.partitionCount(of: heir) > 0
            hasEnded = hasEnded || Self.readableEnd(of: topic, by: reader) > before
        }
        evictsDeadMembers = hasEvicted
        endsOverdueTransactions = hasEnded
        _ = rd_kafka_consumer_close(heir.pointer)
        if !hasEnded { _ = rd_kafka_abort_transaction(abandoned.pointer, 10_000) }
    }

    // MARK: - Generations

    private static func refusesForeignGenerations(
        _ properties: [String: String],
        _ topic: String
    ) throws -> Bool {
        let producer = try RawClient.inTransaction(topic + "-probe-generation", properties)
        let offsets = PartitionList([(topic, 0, 0)])
        let metadata = rd_kafka_consumer_group_metadata_new_with_genid(
            topic + "-probe-generation",
            4_711,
            "nobody",
            nil
        )
        defer { rd_kafka_consumer_group_metadata_destroy(metadata) }
        let refusal = rd_kafka_send_offsets_to_transaction(
            producer.pointer,
            offsets.pointer,
            metadata,
            10_000
        )
        let isRefused = refusal != nil
        if let refusal { rd_kafka_error_destroy(refusal) }
        try producer.check(rd_kafka_abort_transaction(producer.pointer, 10_000), "abort")
        return isRefused
    }

    // MARK: - Members

    private static func member(
        of group: String,
        _ properties: [String: String],
        _ topic: String,
        leaves: Bool = true
    ) throws -> RawClient {
        let own = [
            "group.id": group, "enable.auto.commit": "false",
            "session.timeout.ms": "\(sessionTimeout)", "partition.assignment.strategy": "range",
        ]
        let client = try RawClient(
            RD_KAFKA_CONSUMER,
            properties.merging(own) { $1 },
            leavesGroups: leaves
        )
        let topics = PartitionList([(topic, -1, 0)])
        try client.check(rd_kafka_subscribe(client.pointer, topics.pointer), "subscribe")
        return client
    }

    private static func dieAsMember(
        of group: String,
        _ properties: [String: String],
        _ topic: String
    ) throws {
        let member = try member(of: group, properties, topic, leaves: false)
        let end = ContinuousClock.now + patience
        while partitionCount(of: member) == 0 {
            guard .now < end else { throw BrokerToolFailure("join a group", "no assignment") }
            member.pollOnce(milliseconds: 100)
        }
    }

    private static func partitionCount(of member: RawClient) -> Int32 {
        var list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
        guard rd_kafka_assignment(member.pointer, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list
        else { return 0 }
        defer { rd_kafka_topic_partition_list_destroy(list) }
        return list.pointee.cnt
    }

    // MARK: - Transactions

    /// Writes a record in a transaction and leaves it open.
    private static func abandonTransaction(
        _ properties: [String: String],
        _ topic: String
    ) throws -> RawClient {
        let own = [
            "transaction.timeout.ms": "\(transactionTimeout)",
            "socket.timeout.ms": "\(transactionTimeout)",
            "message.timeout.ms": "\(transactionTimeout)",
        ]
        let producer = try RawClient.inTransaction(
            topic + "-probe-overdue",
            properties.merging(own) { $1 }
        )
        let handle = rd_kafka_topic_new(producer.pointer, topic, nil)
        defer { rd_kafka_topic_destroy(handle) }
        var value: [UInt8] = [0x7B]
        guard
            rd_kafka_produce(handle, 0, RD_KAFKA_MSG_F_COPY, &value, 1, nil, 0, nil) == 0
        else { throw BrokerToolFailure("produce", "refused") }
        try producer.check(rd_kafka_flush(producer.pointer, 10_000), "flush")
        return producer
    }

    /// How far a reader of what is committed sees on partition 0.
    private static func readableEnd(of topic: String, by reader: RawClient) -> Int64 {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_query_watermark_offsets(
            reader.pointer,
            topic,
            0,
            &low,
            &high,
            5_000
        )
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? high : -1
    }
}
