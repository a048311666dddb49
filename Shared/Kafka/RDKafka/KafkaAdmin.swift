import CRDKafka
public import Logging

/// Creates, describes and deletes topics; every call blocks its thread up to the time limit.
public final class KafkaAdmin {
    private var client: NativeClient?

    /// Makes the client; nothing is sent yet.
    public init(_ configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        client = try NativeClient(
            RD_KAFKA_CONSUMER,
            ClientSettings(lookup: configuration),
            logger: logger
        )
    }

    /// Creates topics, each for itself; `.unchanged` when one exists already.
    ///
    /// Throws only when no answer came at all.
    public func create(
        _ topics: [TopicSpecification],
        timeLimit: Duration
    ) throws(KafkaError) -> [TopicOutcome] {
        guard !topics.isEmpty else { return [] }
        var refused: [TopicOutcome] = []
        var requests: [OpaquePointer?] = []
        defer { rd_kafka_NewTopic_destroy_array(&requests, requests.count) }
        var names: Set<String> = []
        for topic in topics where names.insert(topic.name).inserted {
            do throws(KafkaError) {
                requests.append(try Self.request(topic))
            } catch {
                refused.append(TopicOutcome(name: topic.name, result: .failed(error)))
            }
        }
        guard !requests.isEmpty else { return refused }
        let event = try ask("create topics", RD_KAFKA_ADMIN_OP_CREATETOPICS, timeLimit) {
            rd_kafka_CreateTopics($0, &requests, requests.count, $1, $2)
        }
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(
            rd_kafka_event_CreateTopics_result(event.pointer),
            &count
        )
        let outcomes = Self.outcomes(
            UnsafeBufferPointer(start: results, count: count),
            "create topic",
            unchanged: [RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS]
        )
        return refused + outcomes
    }

    /// Deletes topics, each for itself; `.unchanged` when one does not exist.
    public func delete(
        topics: [String],
        timeLimit: Duration
    ) throws(KafkaError) -> [TopicOutcome] {
        guard !topics.isEmpty else { return [] }
        // librdkafka trips over a name that stands twice.
        var requests = Set(topics).sorted().map { rd_kafka_DeleteTopic_new($0) }
        defer { rd_kafka_DeleteTopic_destroy_array(&requests, requests.count) }
        let event = try ask("delete topics", RD_KAFKA_ADMIN_OP_DELETETOPICS, timeLimit) {
            rd_kafka_DeleteTopics($0, &requests, requests.count, $1, $2)
        }
        var count = 0
        let results = rd_kafka_DeleteTopics_result_topics(
            rd_kafka_event_DeleteTopics_result(event.pointer),
            &count
        )
        return Self.outcomes(
            UnsafeBufferPointer(start: results, count: count),
            "delete topic",
            unchanged: [RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART]
        )
    }

    /// Describes topics in the order asked; one that does not exist has no partitions.
    public func describe(
        topics: [String],
        timeLimit: Duration
    ) throws(KafkaError) -> [TopicDescription] {
        let client = try open("describe topics")
        let deadline = Deadline(after: timeLimit)
        var descriptions: [TopicDescription] = []
        for topic in topics {
            var description = TopicDescription(name: topic, partitions: 0, replicationFactor: 0)
            do {
                let metadata = try client.metadata(
                    of: topic,
                    timeLimit: timeLimit,
                    until: deadline
                )
                description.partitions = metadata.partitions
                description.replicationFactor = metadata.replicationFactor
            } catch {
                guard error.isUnknownTopic else { throw error }
            }
            descriptions.append(description)
        }
        let existing = descriptions.filter(\.exists).map(\.name)
        let left = Duration.milliseconds(Int(max(1, deadline.milliseconds)))
        let configurations = configurations(of: existing, timeLimit: left)
        for index in descriptions.indices {
            descriptions[index].configuration = configurations[descriptions[index].name]
        }
        return descriptions
    }

    /// Ends the client; safe to call twice.
    public func close() { client = nil }

    // MARK: - Requests and answers

    private func open(_ operation: String) throws(KafkaError) -> NativeClient {
        guard let client else { throw .closed(operation) }
        return client
    }

    private static func request(_ topic: TopicSpecification) throws(KafkaError) -> OpaquePointer {
        let (made, problem) = withErrorText {
            rd_kafka_NewTopic_new(
                topic.name,
                Int32(clamping: topic.partitions),
                Int32(clamping: topic.replicationFactor),
                $0,
                $1
            )
        }
        guard let made else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__INVALID_ARG,
                operation: "create topic",
                reason: problem
            )
        }
        for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
            _ = rd_kafka_NewTopic_set_config(made, name, value)
        }
        return made
    }

    /// Sends one request and waits for its answer.
    private func ask(
        _ operation: String,
        _ kind: rd_kafka_admin_op_t,
        _ timeLimit: Duration,
        _ send: (OpaquePointer, OpaquePointer?, OpaquePointer) -> Void
    ) throws(KafkaError) -> NativeHandle<OpaquePointer> {
        let client = try open(operation)
        guard let made = rd_kafka_queue_new(client.pointer) else {
            preconditionFailure("out of memory")
        }
        let queue = NativeHandle(made) { rd_kafka_queue_destroy($0) }
        let milliseconds = max(1, timeLimit.wholeMilliseconds)
        let options = rd_kafka_AdminOptions_new(client.pointer, kind)
        defer { rd_kafka_AdminOptions_destroy(options) }
        _ = withErrorText {
            rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, $0, $1)
        }
        if kind != RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS {
            // Wait until the cluster, not only its controller, knows of the change.
            _ = withErrorText {
                rd_kafka_AdminOptions_set_operation_timeout(options, milliseconds, $0, $1)
            }
        }
        send(client.pointer, options, queue.pointer)
        // librdkafka answers by its own time limit; a little more avoids a race with it.
        guard let event = rd_kafka_queue_poll(queue.pointer, milliseconds &+ 1000) else {
            let error = KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation: operation)
            throw client.explain(error, within: timeLimit)
        }
        let answer = NativeHandle(event) { rd_kafka_event_destroy($0) }
        try client.check(rd_kafka_event_error(event), operation, within: timeLimit)
        return answer
    }

    private static func outcomes(
        _ results: UnsafeBufferPointer<OpaquePointer?>,
        _ operation: String,
        unchanged: [rd_kafka_resp_err_t]
    ) -> [TopicOutcome] {
        results.compactMap { $0 }.map { result in
            let name = String(cString: rd_kafka_topic_result_name(result))
            let code = rd_kafka_topic_result_error(result)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { return TopicOutcome(name: name, result: .done) }
            if unchanged.contains(code) { return TopicOutcome(name: name, result: .unchanged) }
            let words = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
            let error = KafkaError(
                code,
                operation: "\(operation) \(name)",
                reason: words
            )
            return TopicOutcome(name: name, result: .failed(error))
        }
    }

    /// Configurations by topic; one that the broker does not tell is absent.
    private func configurations(
        of topics: [String],
        timeLimit: Duration
    ) -> [String: [String: String]] {
        guard !topics.isEmpty else { return [:] }
        var requests = topics.map { rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
        defer { rd_kafka_ConfigResource_destroy_array(&requests, requests.count) }
        guard
            let event = try? ask(
                "describe topics",
                RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS,
                timeLimit,
                { rd_kafka_DescribeConfigs($0, &requests, requests.count, $1, $2) }
            )
        else { return [:] }
        var count = 0
        let resources = rd_kafka_DescribeConfigs_result_resources(
            rd_kafka_event_DescribeConfigs_result(event.pointer),
            &count
        )
        var configurations: [String: [String: String]] = [:]
        for resource in UnsafeBufferPointer(start: resources, count: count).compactMap({ $0 })
        where rd_kafka_ConfigResource_error(resource) == RD_KAFKA_RESP_ERR_NO_ERROR {
            let name = String(cString: rd_kafka_ConfigResource_name(resource))
            configurations[name] = Self.entries(of: resource)
        }
        return configurations
    }

    private static func entries(of resource: OpaquePointer) -> [String: String] {
        var count = 0
        let entries = rd_kafka_ConfigResource_configs(resource, &count)
        var values: [String: String] = [:]
        for entry in UnsafeBufferPointer(start: entries, count: count).compactMap({ $0 }) {
            // A sensitive entry has a name and no value.
            guard let value = rd_kafka_ConfigEntry_value(entry) else { continue }
            values[String(cString: rd_kafka_ConfigEntry_name(entry))] = String(cString: value)
        }
        return values
    }
}
