/// The librdkafka properties that an environment may not set, each with the reason.
///
/// Either a promise of Cordon hangs on them, or they belong to the program's own settings, or they
/// make no sense as text.
enum GuardedProperty {
    /// Why the property may not be set, or nil when it may.
    static func reason(for name: String) -> String? {
        if let reason = reasons[name] { return reason }
        if name.hasSuffix(".cb") || name.hasSuffix("_cb") {
            return "a callback is code, not a setting"
        }
        return nil
    }

    private static let atomicity = "offsets move only inside Cordon's own transactions"
    private static let acknowledged =
        "a record counts as sent only when all replicas in sync have it, once and in order"
    private static let programSets = "the program sets it itself"

    private static let reasons: [String: String] = [
        "metadata.broker.list": "use CORDON_KAFKA_BOOTSTRAP_SERVERS",
        "isolation.level": "aborted records must never be read (read_committed)",
        "enable.auto.commit": atomicity,
        "auto.commit.enable": atomicity,
        "enable.auto.offset.store": atomicity,
        "offset.store.method": atomicity,
        "auto.offset.reset": "a lost position must stop a partition loudly, not move it (error)",
        "partition.assignment.strategy": "rebalances are handled for eager assignment (range)",
        "group.protocol": "rebalances are handled for the classic protocol",
        "group.protocol.type": "rebalances are handled for the consumer protocol",
        "group.id": "it follows from the program and the topic prefix",
        "group.instance.id": "it follows from the program's instance name",
        "transactional.id": "it follows from the program's instance name",
        "transaction.timeout.ms": "readers wait this long for a worker that died; " + programSets,
        "acks": acknowledged,
        "request.required.acks": acknowledged,
        "enable.idempotence": acknowledged,
        "enable.gapless.guarantee": acknowledged,
        "delivery.report.only.error": "every record sent is waited for",
        "partitioner": "repeats of an event must meet in one partition (murmur2_random)",
        "enable.partition.eof": programSets,
        "test.mock.num.brokers": "a cluster inside the process keeps nothing",
        "test.mock.broker.rtt": "a cluster inside the process keeps nothing",
        "log.queue": "log lines go to the program's log",
        "enabled.events": programSets,
        "builtin.features": "it can only be read",
        "opaque": "it is a pointer, not a setting",
        "default.topic.conf": "it is a pointer, not a setting",
        "interceptors": "it is a pointer, not a setting",
        "msg.order.cmp": "it is code, not a setting",
        "ssl.engine.callback.data": "it is a pointer, not a setting",
    ]
}
