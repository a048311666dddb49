import Events
import Kafka
import ServiceKit

/// Records of one of our topics that are none of ours; a figure without them may be wrong.
struct UnreadableRecords: Sendable {
    private(set) var count = 0
    private var first: (partition: Int32, offset: Int64, rejection: Rejection)?

    /// Notes a record that could not be read.
    mutating func note(_ info: RecordInfo, _ rejection: Rejection) {
        count += 1
        if first == nil { first = (info.partition, info.offset, rejection) }
    }

    /// Ends the command with a failure if there was any such record.
    func complain(topic: String) throws(ToolFailure) {
        guard let first else { return }
        throw ToolFailure(
            "\(count) records of \(topic) could not be read and are missing in the figures; "
                + "the first one, \(topic) \(first.partition):\(first.offset): \(first.rejection)"
        )
    }
}
