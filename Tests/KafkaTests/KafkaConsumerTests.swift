import CRDKafka
import Testing

@testable import Kafka

@Suite(.ownThread, .timeLimit(.minutes(1))) struct `Kafka consumer` {
    private let limits = PollLimits(
        recordLimit: 1000,
        byteLimit: 1 << 20,
        idleWait: .milliseconds(50),
        gatherTime: .milliseconds(20)
    )
    private let fast = [
        "fetch.wait.max.ms": "10", "heartbeat.interval.ms": "200", "session.timeout.ms": "6000",
    ]

    private func member(_ cluster: MockCluster, _ topics: [String] = ["t"]) throws -> KafkaConsumer
    {
        let consumer = try KafkaConsumer(
            cluster.configuration(fast),
            group: "g",
            instance: nil,
            logger: silent
        )
        try consumer.subscribe(topics)
        return consumer
    }

    /// Polls until partitions are given; nothing else may come before.
    private func awaitAssignment(_ consumer: KafkaConsumer) throws -> [TopicPartition] {
        var given: [TopicPartition] = []
        try waitUntil("assigned") {
            switch try consumer.poll(limits) {
            case .assigned(let partitions): given = partitions
            case .records: Issue.record("records before the assignment")
            default: break
            }
            return !given.isEmpty
        }
        try #require(!given.isEmpty)
        return given.sorted()
    }

    /// Polls until so many records came; returns (slot, offset) of each.
    private func read(_ consumer: KafkaConsumer, count: Int) throws -> [[Int64]] {
        var offsets = consumer.assignment.map { _ in [Int64]() }
        var total = 0
        try waitUntil("\(count) records") {
            if case .records(let batch) = try consumer.poll(limits) {
                for index in 0..<batch.count {
                    batch.withRecord(at: index) { info, _, _ in
                        #expect(
                            consumer.assignment[info.slot].partition == info.partition
                        )
                        offsets[info.slot].append(info.offset)
                    }
                }
                total += batch.count
            }
            return total >= count
        }
        #expect(total == count)
        return offsets
    }

    @Test func `nothing is read before the owner starts, then from where it says`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t", partitions: 2)
        try await fill(cluster, topic: "t", keys: ["a", "b", "c", "d"], count: 200)
        let consumer = try member(cluster)
        let given = try awaitAssignment(consumer)
        #expect(given.map(\.partition) == [0, 1])
        for _ in 0..<3 {
            guard case .idle = try consumer.poll(limits) else {
                Issue.record("something came before the start")
                return
            }
        }
        let highs = try given.map { try consumer.watermarks($0, timeLimit: .seconds(5)).upperBound }
        #expect(highs.reduce(0, +) == 200)
        // In the other order, so that slot and partition differ.
        let starts = [(given[1], highs[1] - 1), (given[0], Int64(3))]
        try consumer.start(at: starts)
        #expect(consumer.assignment == [given[1], given[0]])
        let offsets = try read(consumer, count: 1 + Int(highs[0]) - 3)
        #expect(offsets == [[highs[1] - 1], Array(3..<highs[0])])
        consumer.close()
    }

    @Test func `a subset may be started, and started again elsewhere`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t", partitions: 2)
        try await fill(cluster, topic: "t", keys: ["a", "b", "c", "d"], count: 100)
        let consumer = try member(cluster)
        let given = try awaitAssignment(consumer)
        let highs = try given.map { try consumer.watermarks($0, timeLimit: .seconds(5)).upperBound }
        try consumer.start(at: [(given[1], 0)])
        #expect(try read(consumer, count: Int(highs[1])) == [Array(0..<highs[1])])
        try consumer.start(at: [(given[0], 1), (given[1], highs[1] - 2)])
        let offsets = try read(consumer, count: Int(highs[0]) + 1)
        #expect(offsets == [Array(1..<highs[0]), [highs[1] - 2, highs[1] - 1]])
        consumer.close()
    }

    @Test func `after a seek the same records come again, each once`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        try await fill(cluster, topic: "t", count: 500)
        let consumer = try member(cluster)
        let given = try awaitAssignment(consumer)
        try consumer.start(at: [(given[0], 0)])
        for start in [Int64(0), 100, 499] {
            _ = try read(consumer, count: start == 0 ? 500 : 0)
            try consumer.seek(to: [(given[0], start)], timeLimit: .seconds(5))
            #expect(try read(consumer, count: 500 - Int(start)) == [Array(start..<500)])
        }
        consumer.close()
    }

    @Test func `a second member takes over a share and gives it back`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t", partitions: 2)
        let first = try member(cluster)
        let given = try awaitAssignment(first)
        try first.start(at: given.map { ($0, 0) })
        let second = try member(cluster)
        // All that were taken away: under load the cluster may share out more than once.
        var revoked: Set<TopicPartition> = []
        var firstShare: [TopicPartition] = []
        var secondShare: [TopicPartition] = []
        try waitUntil("shared", within: .seconds(20)) {
            switch try first.poll(limits) {
            case .revoked(let partitions, let lost):
                revoked.formUnion(partitions)
                #expect(!lost)
                #expect(first.assignment.isEmpty)
            case .assigned(let partitions):
                firstShare = partitions
                try first.start(at: partitions.map { ($0, 0) })
            default: break
            }
            if case .assigned(let partitions) = try second.poll(limits) {
                secondShare = partitions
            }
            return firstShare.count == 1 && secondShare.count == 1
        }
        #expect(revoked == Set(given))
        #expect((firstShare + secondShare).sorted() == given)
        // The second never answered its assignment; it must be able to go all the same.
        second.close()
        #expect(try awaitAssignment(first) == given)
        first.close()
    }

    @Test func `a position that is gone is told for its partition`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        try await fill(cluster, topic: "t", count: 10)
        let consumer = try member(cluster)
        let given = try awaitAssignment(consumer)
        try consumer.start(at: [(given[0], 1000)])
        try waitUntil("out of range") {
            guard case .failed(let partition, let error) = try consumer.poll(limits) else {
                return false
            }
            #expect(partition == given[0])
            #expect(error.isOffsetOutOfRange)
            return true
        }
        try consumer.start(at: [(given[0], 8)])
        #expect(try read(consumer, count: 2) == [[8, 9]])
        consumer.close()
    }

    @Test func `an error of one partition hides no record of another`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t", partitions: 2)
        try await fill(cluster, topic: "t", keys: ["a"], count: 10)
        let consumer = try member(cluster)
        let given = try awaitAssignment(consumer)
        let full = try given.map { try consumer.watermarks($0, timeLimit: .seconds(5)).count }
        let starts = given.indices.map { (given[$0], full[$0] == 10 ? Int64(0) : 1000) }
        try consumer.start(at: starts)
        var records = 0
        var failed: [TopicPartition] = []
        let patient = PollLimits(idleWait: .milliseconds(50), gatherTime: .milliseconds(300))
        try waitUntil("records and error") {
            switch try consumer.poll(patient) {
            case .records(let batch): records += batch.count
            case .failed(let partition, _): failed.append(partition)
            default: break
            }
            return records == 10 && !failed.isEmpty
        }
        #expect(failed == given.indices.filter { full[$0] == 0 }.map { given[$0] })
        consumer.close()
    }

    @Test func `a member that was fenced hears that it is over, and can go`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let consumer = try KafkaConsumer(
            cluster.configuration(fast),
            group: "g",
            instance: "twin",
            logger: silent
        )
        try consumer.subscribe(["t"])
        let given = try awaitAssignment(consumer)
        try consumer.start(at: given.map { ($0, 0) })
        cluster.fail(.heartbeat, with: [RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID])
        var heard: KafkaError?
        waitUntil("fenced") {
            do throws(KafkaError) {
                _ = try consumer.poll(limits)
            } catch {
                heard = error
            }
            return heard != nil
        }
        #expect(heard?.isFatal == true)
        #expect(heard?.isFenced == true)
        consumer.close()
    }

    @Test func `closing ends though the broker is away`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let consumer = try member(cluster)
        let ledger = try #require(consumer.client?.ledger)
        let given = try awaitAssignment(consumer)
        try consumer.start(at: given.map { ($0, 0) })
        cluster.setDown()
        let begin = ContinuousClock.now
        consumer.close()
        #expect(begin.duration(to: .now) < .seconds(10))
        #expect(ledger.live == 0)
    }

    @Test func `after the close every call says so`() throws {
        let consumer = try KafkaConsumer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            group: "g",
            instance: nil,
            logger: silent
        )
        consumer.close()
        consumer.close()
        let error = #expect(throws: KafkaError.self) { _ = try consumer.poll(limits) }
        #expect(error?.reason == "the client is closed")
        #expect(throws: KafkaError.self) { try consumer.subscribe(["t"]) }
        #expect(throws: KafkaError.self) { try consumer.start(at: []) }
    }

    @Test func `a batch may outlive its consumer, and everything is freed once`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        try await fill(cluster, topic: "t", count: 100)
        let consumer = try member(cluster)
        let ledger = try #require(consumer.client?.ledger)
        let given = try awaitAssignment(consumer)
        try consumer.start(at: [(given[0], 0)])
        try waitUntil("records") {
            guard case .records(let batch) = try consumer.poll(limits) else { return false }
            #expect(ledger.live(.message) == batch.count)
            consumer.close()
            #expect(ledger.live(.client) == 1)
            let last = batch.withRecord(at: batch.count - 1) { _, _, value in text(value) }
            #expect(last == "value \(batch.count - 1)")
            return true
        }
        #expect(ledger.live == 0)
    }

    @Test func `limits end the gathering`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        try await fill(cluster, topic: "t", count: 100)
        let consumer = try member(cluster)
        let given = try awaitAssignment(consumer)
        try consumer.start(at: [(given[0], 0)])
        var counts: [Int] = []
        let patient = Duration.seconds(5)
        try waitUntil("three batches") {
            let few = PollLimits(
                recordLimit: 7,
                byteLimit: counts.count == 1 ? 1 : 1 << 20,
                idleWait: patient,
                gatherTime: patient
            )
            if case .records(let batch) = try consumer.poll(few) { counts.append(batch.count) }
            return counts.count == 3
        }
        #expect(counts == [7, 1, 7])
        consumer.close()
    }
}
