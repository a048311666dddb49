import CRDKafka

/// What an operator does to a cluster with Kafka's own tools; every call blocks until it is done.
public final class ClusterTools {
    private let properties: [String: String]
    private let admin: RawClient
    private static let timeLimit: Int32 = 15_000

    /// - Parameter properties: librdkafka's, with `bootstrap.servers`.
    public init(_ properties: [String: String]) throws {
        self.properties = properties
        admin = try RawClient(RD_KAFKA_PRODUCER, properties)
    }

    /// Moves a group's offset, as `kafka-consumer-groups --reset-offsets` does.
    ///
    /// In a transaction, which is heeded even while the group has members, and alive ones do not
    /// notice.
    public func move(
        _ group: String,
        on topic: String,
        _ partition: Int,
        to offset: Int64
    ) throws {
        let client = try RawClient.inTransaction(group + "-moved-by-hand", properties)
        let list = PartitionList([(topic, Int32(partition), offset)])
        let metadata = rd_kafka_consumer_group_metadata_new(group)
        defer { rd_kafka_consumer_group_metadata_destroy(metadata) }
        try client.check(
            rd_kafka_send_offsets_to_transaction(
                client.pointer,
                list.pointer,
                metadata,
                Self.timeLimit
            ),
            "move an offset"
        )
        try client.check(
            rd_kafka_commit_transaction(client.pointer, Self.timeLimit),
            "move an offset"
        )
    }

    /// Forgets a group's offset, as `kafka-consumer-groups --delete-offsets` does.
    public func deleteOffset(
        of group: String,
        on topic: String,
        _ partition: Int
    ) throws {
        let list = PartitionList([(topic, Int32(partition), 0)])
        var request = rd_kafka_DeleteConsumerGroupOffsets_new(group, list.pointer)
        defer { rd_kafka_DeleteConsumerGroupOffsets_destroy(request) }
        try ask("delete an offset") {
            rd_kafka_DeleteConsumerGroupOffsets(admin.pointer, &request, 1, nil, $0)
        }
    }

    /// Deletes the records before an offset, as retention does in time.
    public func deleteRecords(
        of topic: String,
        _ partition: Int,
        before offset: Int64
    ) throws {
        let list = PartitionList([(topic, Int32(partition), offset)])
        var request = rd_kafka_DeleteRecords_new(list.pointer)
        defer { rd_kafka_DeleteRecords_destroy(request) }
        try ask("delete records") {
            rd_kafka_DeleteRecords(admin.pointer, &request, 1, nil, $0)
        }
    }

    /// Deletes a topic.
    public func deleteTopic(_ topic: String) throws {
        var request = rd_kafka_DeleteTopic_new(topic)
        defer { rd_kafka_DeleteTopic_destroy(request) }
        try ask("delete a topic") {
            rd_kafka_DeleteTopics(admin.pointer, &request, 1, nil, $0)
        }
    }

    /// What state a group is in, in Kafka's words, such as `Stable`, and its members' `client.id`s.
    public func describe(_ group: String) throws -> (state: String, members: [String]) {
        var list: UnsafePointer<rd_kafka_group_list>?
        try admin.check(
            rd_kafka_list_groups(admin.pointer, group, &list, Self.timeLimit),
            "describe a group"
        )
        defer { rd_kafka_group_list_destroy(list) }
        guard let list, list.pointee.group_cnt > 0 else { return ("Dead", []) }
        let found = list.pointee.groups[0]
        let members = UnsafeBufferPointer(start: found.members, count: Int(found.member_cnt))
        return (String(cString: found.state), members.map { String(cString: $0.client_id) })
    }

    /// Sends one request and waits for the answer; what only a part of it was refused for counts as
    /// a failure too.
    private func ask(_ operation: String, _ send: (OpaquePointer?) -> Void) throws {
        let queue = rd_kafka_queue_new(admin.pointer)
        defer { rd_kafka_queue_destroy(queue) }
        send(queue)
        guard let event = rd_kafka_queue_poll(queue, Self.timeLimit) else {
            throw BrokerToolFailure(operation, "no answer")
        }
        defer { rd_kafka_event_destroy(event) }
        try admin.check(rd_kafka_event_error(event), operation)
        var count = 0
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_DELETETOPICS_RESULT:
            let result = rd_kafka_event_DeleteTopics_result(event)
            let topics = rd_kafka_DeleteTopics_result_topics(result, &count)
            for topic in UnsafeBufferPointer(start: topics, count: count) {
                try admin.check(rd_kafka_topic_result_error(topic), operation)
            }
        case RD_KAFKA_EVENT_DELETERECORDS_RESULT:
            let offsets = rd_kafka_DeleteRecords_result_offsets(
                rd_kafka_event_DeleteRecords_result(event)
            )
            try checkAll(offsets, operation)
        default:
            let result = rd_kafka_event_DeleteConsumerGroupOffsets_result(event)
            let groups = rd_kafka_DeleteConsumerGroupOffsets_result_groups(result, &count)
            for group in UnsafeBufferPointer(start: groups, count: count) {
                if let error = rd_kafka_group_result_error(group) {
                    throw BrokerToolFailure(
                        operation,
                        String(cString: rd_kafka_error_string(error))
                    )
                }
                try checkAll(rd_kafka_group_result_partitions(group), operation)
            }
        }
    }

    private func checkAll(
        _ list: UnsafePointer<rd_kafka_topic_partition_list_t>?,
        _ operation: String
    ) throws {
        guard let list else { return }
        for index in 0..<Int(list.pointee.cnt) {
            try admin.check(list.pointee.elems[index].err, operation)
        }
    }
}
