import ArgumentParser
import Events
import Kafka
import ServiceKit

/// Where a command begins to read a topic.
enum StartChoice: Equatable {
    /// The oldest record that is kept.
    case beginning
    /// Behind the newest record.
    case now
    /// The first record that was written at this instant or later.
    case time(Timestamp)
    /// These offsets of these partitions, and no others.
    case offsets([Int32: Int64])

    /// Reads `beginning`, `now`, a time, or `PARTITION:OFFSET` pairs separated by commas.
    init(argument: String) throws {
        switch argument {
        case "beginning": self = .beginning
        case "now": self = .now
        default:
            if let offsets = try Self.offsets(argument) {
                self = .offsets(offsets)
            } else if let time = Timestamp(rfc3339: argument) ?? Day(argument)?.start {
                self = .time(time)
            } else {
                throw ValidationError(
                    "'\(argument)' is none of: beginning, now, a time as 2021-01-05 or "
                        + "2021-01-05T12:00:00Z, offsets as 0:1200,1:1187"
                )
            }
        }
    }

    /// Where each of a topic's partitions starts.
    ///
    /// - Throws: ``ToolFailure`` when an offset is asked of a partition that is not there.
    func positions(
        _ partitions: [TopicPartition]
    ) throws(ToolFailure) -> [(TopicPartition, StartPosition)] {
        switch self {
        case .beginning: return partitions.map { ($0, .earliest) }
        case .now: return partitions.map { ($0, .latest) }
        case .time(let time): return partitions.map { ($0, .timestamp(time.milliseconds)) }
        case .offsets(let offsets):
            let known = Set(partitions.map(\.partition))
            if let stranger = offsets.keys.sorted().first(where: { !known.contains($0) }) {
                throw ToolFailure(
                    "there is no partition \(stranger); there are \(partitions.count)",
                    exit: .usage
                )
            }
            return partitions.compactMap { partition in
                offsets[partition.partition].map { (partition, .offset($0)) }
            }
        }
    }

    /// Nil when the text has not the form of offsets at all.
    private static func offsets(_ text: String) throws -> [Int32: Int64]? {
        var offsets: [Int32: Int64] = [:]
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let numbers = pair.split(separator: ":", omittingEmptySubsequences: false)
            guard numbers.count == 2, let partition = Int32(numbers[0]),
                let offset = Int64(numbers[1]), partition >= 0, offset >= 0
            else { return nil }
            guard offsets.updateValue(offset, forKey: partition) == nil else {
                throw ValidationError("'\(text)' names partition \(partition) twice")
            }
        }
        return offsets
    }
}
