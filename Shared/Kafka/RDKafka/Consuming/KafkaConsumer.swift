import CRDKafka
public import Logging

/// A member of a consumer group; not Sendable, one thread owns it.
///
/// Eager assignment (`range`), read_committed, never commits or stores an offset itself, and never
/// moves a lost position (`auto.offset.reset=error`). Partitions that the group gives are not read
/// before the owner has restored their state and calls `start(at:)`.
public final class KafkaConsumer {
    /// What one poll brought.
    public enum Poll: ~Copyable {
        /// Records of the partitions started with, in order per partition; never empty.
        case records(RecordBatch)
        /// Nothing came within the time limit.
        case idle
        /// The group gave these partitions; nothing is read before `start(at:)`.
        case assigned([TopicPartition])
        /// The group took these partitions; what was gathered from them is dropped already.
        ///
        /// With `lost` somebody else may have them already.
        case revoked([TopicPartition], lost: Bool)
        /// One partition stopped (partition -1: news of a whole topic, e.g. that it is unknown).
        ///
        /// A partition whose position is gone is read again only after a new `start(at:)`.
        case failed(TopicPartition, KafkaError)
    }

    /// The partitions started with; a slot is an index into it.
    public internal(set) var assignment: [TopicPartition] = []

    /// Nil once closed.
    var client: NativeClient?
    var slots = SlotTable()
    /// Errors that came between records, in order; told by the polls after.
    var setAside: [SetAside] = []
    /// The client's queue of records, to empty it many at a time.
    private(set) var queue: OpaquePointer?
    /// Where the client puts them.
    let drained = UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>
        .allocate(capacity: 1_024)
    /// Size of the last batch, as a hint for the next.
    var expectedCount = 0

    /// Makes the client; nothing is sent before `subscribe`.
    ///
    /// With an `instance` the membership is static: a restarted process of the same name gets its
    /// partitions back without a rebalance, and a second one at the same time fences the first.
    public init(
        _ configuration: KafkaConfiguration,
        group: String,
        instance: String?,
        logger: Logger
    ) throws(KafkaError) {
        var guarded = ClientSettings.consumerGuards
        guarded["group.id"] = group
        guarded["group.instance.id"] = instance
        guarded["partition.assignment.strategy"] = "range"
        guarded["enable.partition.eof"] = "false"
        let settings = ClientSettings(
            configuration,
            defaults: ClientSettings.consumerDefaults,
            guarded: guarded
        )
        client = try NativeClient(RD_KAFKA_CONSUMER, settings, logger: logger) { native in
            rd_kafka_conf_set_rebalance_cb(native, onRebalance)
        }
        queue = client.flatMap { rd_kafka_queue_get_consumer($0.pointer) }
    }

    deinit {
        close()
        drained.deallocate()
    }

    /// Joins the group for these topics; the assignment arrives through `poll`.
    public func subscribe(_ topics: [String]) throws(KafkaError) {
        let client = try open("subscribe")
        let list = NativePartitionList(topics.map { TopicPartition(topic: $0, partition: -1) })
        try client.check(rd_kafka_subscribe(client.pointer, list.pointer), "subscribe")
    }

    /// Ends the membership and the client; blocks for some round trips; safe to call twice.
    ///
    /// A static member does not say goodbye: the group keeps its partitions for it until the
    /// session timeout, which is what a rolling restart wants.
    public func close() {
        guard let client else { return }
        self.client = nil
        setAside = []
        assignment = []
        slots = SlotTable()
        // A child of the client goes before it.
        if let queue { rd_kafka_queue_destroy(queue) }
        queue = nil
        // An assignment that nobody answered would keep the group waiting, and close with it.
        if client.context.owesAssign { _ = rd_kafka_assign(client.pointer, nil) }
        _ = rd_kafka_consumer_close(client.pointer)
    }

    func open(_ operation: String) throws(KafkaError) -> NativeClient {
        guard let client else { throw .closed(operation) }
        return client
    }
}
