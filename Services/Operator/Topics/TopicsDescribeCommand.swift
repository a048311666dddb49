import ArgumentParser
import Events
import Kafka
import ServiceKit

/// `cordon topics describe`: what is there.
struct TopicsDescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show partitions, policy and records of every topic.",
        discussion: """
            Records are the offsets between the oldest and the newest one: in topics written by \
            transactions their markers count as well, and in a compacted one what was removed.

            Examples:
              cordon topics describe
              cordon topics describe --format json
            """
    )

    @OptionGroup var broker: BrokerOptions

    @Option(help: "How to print: table, csv or json.")
    var format = OutputFormat.table

    func run() async throws {
        let sheet = try await broker.connection().onThread { connection in
            try TopicInventory(connection).sheet
        }
        try StandardOutput.print(sheet.text(format))
    }
}

/// The topics of a cluster as they are.
struct TopicInventory {
    /// One topic; `offsets` is nil where there is no topic.
    struct Entry {
        let topic: TopicDescription
        let offsets: Int64?
    }

    private let entries: [Entry]

    init(entries: [Entry]) {
        self.entries = entries
    }

    /// Asks the broker; blocks its thread.
    init(_ connection: Connection) throws(KafkaError) {
        let admin = try connection.admin()
        defer { admin.close() }
        let topics = try admin.describe(
            topics: connection.topics.all,
            timeLimit: connection.timeLimit
        )
        let reader = try connection.reader()
        defer { reader.close() }
        var entries: [Entry] = []
        for topic in topics {
            var offsets: Int64 = 0
            for partition in 0..<topic.partitions {
                offsets += Int64(
                    try reader.watermarks(
                        TopicPartition(topic: topic.name, partition: Int32(partition)),
                        timeLimit: connection.timeLimit
                    ).count
                )
            }
            entries.append(Entry(topic: topic, offsets: topic.exists ? offsets : nil))
        }
        self.entries = entries
    }

    /// A line for each topic.
    var sheet: Sheet {
        var sheet = Sheet([
            .text("topic"), .number("partitions"), .number("copies"), .text("policy"),
            .number("records"),
        ])
        for entry in entries {
            guard let offsets = entry.offsets else {
                sheet.append([
                    .text(entry.topic.name), .absent, .absent, .text("missing"), .absent,
                ])
                continue
            }
            sheet.append([
                .text(entry.topic.name), .number(Int64(entry.topic.partitions)),
                .number(Int64(entry.topic.replicationFactor)),
                .text(TopicPolicyText.text(entry.topic.configuration ?? [:])), .number(offsets),
            ])
        }
        return sheet
    }
}
