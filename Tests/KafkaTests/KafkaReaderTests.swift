import Testing

@testable import Kafka

@Suite(.ownThread, .timeLimit(.minutes(1))) struct `Kafka reader` {
    private func partitions(_ count: Int32) -> [TopicPartition] {
        (0..<count).map { TopicPartition(topic: "t", partition: $0) }
    }

    @Test func `reads every partition to its end, empty ones too`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t", partitions: 4)
        try await fill(cluster, topic: "t", keys: ["same"], count: 300)
        let reader = try KafkaReader(cluster.configuration(), logger: silent)
        let ledger = try #require(reader.ledger)
        #expect(try reader.partitionCount("t", timeLimit: .seconds(5)) == 4)
        var count = 0
        try reader.readToEnd(partitions(4).map { ($0, .earliest) }, idleLimit: .seconds(10)) {
            count += $0.count
        }
        #expect(count == 300)
        #expect(reader.isAtEnd)
        let sizes = try partitions(4).map {
            try reader.watermarks($0, timeLimit: .seconds(5)).count
        }
        #expect(sizes.reduce(0, +) == 300)
        reader.close()
        reader.close()
        #expect(ledger.live == 0)
    }

    @Test func `starts where it is told`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        try await fill(cluster, topic: "t", count: 20)
        let reader = try KafkaReader(cluster.configuration(), logger: silent)
        for (start, expected) in [
            (StartPosition.offset(15), 5), (.latest, 0), (.earliest, 20),
        ] {
            var count = 0
            try reader.readToEnd([(partitions(1)[0], start)], idleLimit: .seconds(10)) {
                count += $0.count
            }
            #expect(count == expected)
        }
        reader.close()
    }

    @Test func `nothing to read is an end at once`() throws {
        let reader = try KafkaReader(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            logger: silent
        )
        try reader.readToEnd([], idleLimit: .seconds(10)) { _ in
            Issue.record("a batch from nowhere")
        }
    }

    @Test func `new records take the end back`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let reader = try KafkaReader(
            cluster.configuration(["fetch.wait.max.ms": "10"]),
            logger: silent
        )
        try reader.assign([(partitions(1)[0], .earliest)])
        try waitUntil("the end") {
            let batch = try reader.poll(recordLimit: 10, wait: .milliseconds(50))
            let isEmpty = batch.isEmpty
            #expect(isEmpty)
            return reader.isAtEnd(slot: 0)
        }
        try await fill(cluster, topic: "t", count: 1)
        var seen = 0
        try waitUntil("the record") {
            seen += try reader.poll(recordLimit: 1, wait: .milliseconds(50)).count
            return seen == 1
        }
        #expect(!reader.isAtEnd)
        try waitUntil("the end again") {
            _ = try reader.poll(recordLimit: 1, wait: .milliseconds(50))
            return reader.isAtEnd
        }
        reader.close()
    }

    @Test func `a start beyond the end is an error that names the partition`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let reader = try KafkaReader(cluster.configuration(), logger: silent)
        let error = #expect(throws: KafkaError.self) {
            try reader.readToEnd([(partitions(1)[0], .offset(99))], idleLimit: .seconds(5)) { _ in }
        }
        #expect(error?.isOffsetOutOfRange == true)
        #expect(error?.reason.hasPrefix("t/0: ") == true)
    }

    @Test func `a broker that is away is named in time`() throws {
        let reader = try KafkaReader(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            logger: silent
        )
        let error = #expect(throws: KafkaError.self) {
            try reader.partitionCount("t", timeLimit: .milliseconds(300))
        }
        #expect(error?.reason.contains("127.0.0.1:1 within 0.3 seconds") == true)
        let start = (partitions(1)[0], StartPosition.offset(0))
        let idle = #expect(throws: KafkaError.self) {
            try reader.readToEnd([start], idleLimit: .milliseconds(300)) { _ in }
        }
        #expect(idle?.isTimeout == true)
        #expect(idle?.reason.contains("127.0.0.1:1") == true)
    }
}
