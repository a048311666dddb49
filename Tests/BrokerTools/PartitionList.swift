import CRDKafka

/// Partitions with offsets, as the C calls take them.
final class PartitionList {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(_ offsets: [(topic: String, partition: Int32, offset: Int64)]) {
        guard let made = rd_kafka_topic_partition_list_new(Int32(offsets.count)) else {
            preconditionFailure("out of memory")
        }
        pointer = made
        for (topic, partition, offset) in offsets {
            rd_kafka_topic_partition_list_add(made, topic, partition).pointee.offset = offset
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    /// The first error that a partition has.
    var error: rd_kafka_resp_err_t {
        (0..<Int(pointer.pointee.cnt)).map { pointer.pointee.elems[$0].err }
            .first { $0 != RD_KAFKA_RESP_ERR_NO_ERROR } ?? RD_KAFKA_RESP_ERR_NO_ERROR
    }
}
