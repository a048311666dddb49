import CRDKafka

/// A list of partitions with offsets, as the C calls take it.
struct NativePartitionList: ~Copyable {
    typealias Pointer = UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    /// "No committed offset" and the like.
    static let invalidOffset: Int64 = -1001

    private let handle: NativeHandle<Pointer>

    var pointer: Pointer { handle.pointer }

    init(_ partitions: [TopicPartition] = []) {
        self.init(partitions.map { ($0, Self.invalidOffset) })
    }

    init(_ offsets: [(TopicPartition, Int64)]) {
        guard let list = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count)) else {
            preconditionFailure("out of memory")
        }
        handle = NativeHandle(list) { rd_kafka_topic_partition_list_destroy($0) }
        for (partition, offset) in offsets {
            let element = rd_kafka_topic_partition_list_add(
                list,
                partition.topic,
                partition.partition
            )
            element?.pointee.offset = offset
        }
    }

    /// Calls the body with each partition, its offset and its own error.
    func forEach<E: Error>(
        _ body: (TopicPartition, Int64, rd_kafka_resp_err_t) throws(E) -> Void
    ) throws(E) {
        for index in 0..<Int(pointer.pointee.cnt) {
            let element = pointer.pointee.elems[index]
            try body(Self.partition(of: element), element.offset, element.err)
        }
    }

    /// Throws the first error that one of the partitions has.
    func check(_ operation: String) throws(KafkaError) {
        try forEach { (partition, _, code) throws(KafkaError) in
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
            let words = String(cString: rd_kafka_err2str(code))
            throw KafkaError(code, operation: operation, reason: "\(partition): \(words)")
        }
    }

    static func partitions(of list: Pointer) -> [TopicPartition] {
        (0..<Int(list.pointee.cnt)).map { partition(of: list.pointee.elems[$0]) }
    }

    private static func partition(of element: rd_kafka_topic_partition_t) -> TopicPartition {
        TopicPartition(
            topic: element.topic.map { String(cString: $0) } ?? "",
            partition: element.partition
        )
    }
}
