import BanRules
import Events
import Kafka
import RuleFeed
import ServiceKit

/// Reads journals and topics and audits every input partition; one thread.
struct Verification {
    private let connection: Connection
    private(set) var audits: [TopicPartition: PartitionAudit] = [:]
    private let inputs: [TopicPartition]

    /// Reads everything once.
    init(_ connection: Connection) throws {
        self.connection = connection
        let reader = try connection.reader()
        defer { reader.close() }
        let topics = InputTopic.allCases.map { connection.topics.input($0) }
        inputs = try topics.flatMap { try connection.partitions(of: $0, reader) }
        for place in inputs {
            var audit = PartitionAudit(topic: place.topic, partition: place.partition)
            audit.kept = try reader.watermarks(place, timeLimit: connection.timeLimit)
            audits[place] = audit
        }
        try readJournals()
        for place in inputs { audits[place]?.begin() }
        for topic in topics { try readInput(topic) }
        try readDeadLetters()
        try readFlags()
    }

    /// The audits in order.
    var ordered: [PartitionAudit] { inputs.compactMap { audits[$0] } }

    private mutating func readJournals() throws {
        for input in InputTopic.allCases {
            let topic = connection.topics.input(input)
            let scan = try TopicScan(connection, topic: connection.topics.journal(input))
            try scan.readToEnd { info, _, value in
                let place = TopicPartition(topic: topic, partition: info.partition)
                do throws(Rejection) {
                    audits[place]?.ledger.append(try JournalRecord(value: value))
                } catch {
                    audits[place]?.sawDamage("the journal's offset \(info.offset): \(error)")
                }
            }
        }
    }

    private mutating func readInput(_ topic: String) throws {
        let scan = try TopicScan(connection, topic: topic)
        try scan.readToEnd { info, _, _ in
            audits[TopicPartition(topic: topic, partition: info.partition)]?
                .sawRecord(at: info.offset)
        }
    }

    private mutating func readDeadLetters() throws {
        let search = try DeadLetterSearch(connection)
        try search.forEach { entry, _ in
            guard let origin = entry.origin else { return }
            let place = TopicPartition(topic: origin.topic, partition: origin.partition)
            if let end = entry.endOffset {
                audits[place]?.sawGap(origin.offset..<max(origin.offset, end))
            } else {
                audits[place]?.sawDeadLetter(of: origin.offset)
            }
        }
    }

    private mutating func readFlags() throws {
        var known: Set<String> = []
        let scan = try TopicScan(connection, topic: connection.topics.flaggedTransactions)
        try scan.readToEnd { info, _, value in
            guard let flag = try? Flag(value: value) else { return }
            let origin = flag.origin
            audits[TopicPartition(topic: origin.topic, partition: origin.partition)]?.sawFlag(
                at: origin.offset,
                ruleSetDigest: flag.ruling.ruleSetDigest,
                id: flag.id,
                isNew: known.insert(flag.id).inserted
            )
        }
    }
}
