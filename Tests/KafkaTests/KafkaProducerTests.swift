import CRDKafka
import Testing

@testable import Kafka

@Suite(.ownThread, .timeLimit(.minutes(1))) struct `Kafka producer` {
    private let fast = ["message.timeout.ms": "3000", "retry.backoff.ms": "10"]

    @Test func `a batch without failures is acknowledged as a whole`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t", partitions: 3)
        let producer = try KafkaProducer(cluster.configuration(), logger: silent)
        // Expecting too few must cost nothing but memory.
        let batch = producer.makeBatch(expecting: 2)
        for number in 0..<1000 {
            #expect(batch.append(topic: "t", key: "\(number)", value: "v") == .queued)
        }
        #expect(batch.queuedCount == 1000)
        #expect(await batch.outcome().isEmpty)
        #expect(await batch.outcome().isEmpty)
        await producer.close(timeLimit: .seconds(5))
        #expect(producer.engine.context.ledger.live(.client) == 0)
    }

    @Test func `an empty batch has its outcome at once`() async throws {
        let producer = try KafkaProducer(KafkaConfiguration(), logger: silent)
        #expect(await producer.makeBatch(expecting: 0).outcome().isEmpty)
        await producer.close(timeLimit: .zero)
    }

    @Test func `what passes by itself is tried again`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        cluster.fail(
            .produce,
            with: [
                RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
            ]
        )
        let producer = try KafkaProducer(cluster.configuration(fast), logger: silent)
        let batch = producer.makeBatch(expecting: 1)
        #expect(batch.append(topic: "t", value: "v") == .queued)
        #expect(await batch.outcome().isEmpty)
        await producer.close(timeLimit: .seconds(5))
    }

    @Test func `what the broker refuses is reported by its position`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("good")
        cluster.createTopic("bad")
        let producer = try KafkaProducer(cluster.configuration(fast), logger: silent)
        let first = producer.makeBatch(expecting: 1)
        #expect(first.append(topic: "good", value: "v") == .queued)
        #expect(await first.outcome().isEmpty)
        cluster.fail(.produce, with: [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
        let second = producer.makeBatch(expecting: 1)
        #expect(second.append(topic: "bad", value: "v") == .queued)
        let failures = await second.outcome()
        #expect(failures.map(\.index) == [0])
        #expect(failures.first?.error.name == "TOPIC_AUTHORIZATION_FAILED")
        await producer.close(timeLimit: .seconds(5))
    }

    @Test func `a record that is too large is refused without harm to the others`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try KafkaProducer(
            cluster.configuration(["message.max.bytes": "1000"]),
            logger: silent
        )
        let batch = producer.makeBatch(expecting: 3)
        #expect(batch.append(topic: "t", value: "small") == .queued)
        let refused = batch.append(topic: "t", value: String(repeating: "x", count: 2000))
        guard case .failed(let error) = refused else {
            Issue.record("too large a record was taken: \(refused)")
            return
        }
        #expect(error.isRecordTooLarge)
        #expect(batch.append(topic: "t", value: "small again") == .queued)
        #expect(batch.queuedCount == 2)
        #expect(await batch.outcome().isEmpty)
        await producer.close(timeLimit: .seconds(5))
    }

    @Test func `a full queue says so and loses nothing`() async throws {
        let producer = try KafkaProducer(
            KafkaConfiguration(
                bootstrapServers: "127.0.0.1:1",
                properties: ["queue.buffering.max.messages": "10"]
            ),
            logger: silent
        )
        let batch = producer.makeBatch(expecting: 20)
        let results = (0..<20).map { batch.append(topic: "t", value: "\($0)") }
        #expect(results.filter { $0 == .queued }.count == 10)
        #expect(results.filter { $0 == .queueFull }.count == 10)
        await producer.close(timeLimit: .zero)
        #expect(await batch.outcome().count == 10)
    }

    @Test func `closing without a broker ends every outcome`() async throws {
        let producer = try KafkaProducer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            logger: silent
        )
        let ledger = producer.engine.context.ledger
        let unexplained = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let batch = producer.makeBatch(expecting: 5)
                    for number in 0..<5 { _ = batch.append(topic: "t", value: "\(number)") }
                    // The close may come in between; what was queued before it must fail.
                    return batch.queuedCount - (await batch.outcome().count)
                }
            }
            group.addTask {
                await producer.close(timeLimit: .milliseconds(50))
                return 0
            }
            return await group.reduce(into: 0) { $0 += abs($1) }
        }
        #expect(unexplained == 0)
        #expect(ledger.live == 0)
        #expect(await producer.flush(timeLimit: .seconds(5)))
        await producer.close(timeLimit: .seconds(5))
    }

    @Test func `a producer that is only dropped ends every outcome too`() async throws {
        var producer: KafkaProducer? = try KafkaProducer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            logger: silent
        )
        let batch = try #require(producer?.makeBatch(expecting: 1))
        #expect(batch.append(topic: "t", value: "v") == .queued)
        producer = nil
        #expect(await batch.outcome().map(\.error.name) == ["_PURGE_QUEUE"])
    }

    @Test func `a batch that is dropped frees itself after its last report`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try KafkaProducer(cluster.configuration(), logger: silent)
        let ledger = producer.engine.context.ledger
        for _ in 0..<10 {
            let batch = producer.makeBatch(expecting: 1)
            #expect(batch.append(topic: "t", value: "v") == .queued)
        }
        #expect(await producer.flush(timeLimit: .seconds(10)))
        waitUntil("batches are freed") { ledger.live(.sendBatch) == 0 }
        await producer.close(timeLimit: .seconds(5))
    }

    @Test func `after the close nothing is taken`() async throws {
        let producer = try KafkaProducer(KafkaConfiguration(), logger: silent)
        let batch = producer.makeBatch(expecting: 1)
        await producer.close(timeLimit: .zero)
        guard case .failed = batch.append(topic: "t", value: "v") else {
            Issue.record("a closed producer took a record")
            return
        }
        #expect(await batch.outcome().isEmpty)
        await #expect(throws: KafkaError.self) {
            try await producer.checkReachable(topics: ["t"], timeLimit: .seconds(1))
        }
    }

    @Test func `a flush ends when its time is over`() async throws {
        let producer = try KafkaProducer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            logger: silent
        )
        let batch = producer.makeBatch(expecting: 1)
        #expect(batch.append(topic: "t", value: "v") == .queued)
        #expect(await !producer.flush(timeLimit: .milliseconds(50)))
        await producer.close(timeLimit: .zero)
        #expect(await batch.outcome().count == 1)
    }

    @Test func `reachable means that every topic is there`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t", partitions: 3)
        let producer = try KafkaProducer(cluster.configuration(), logger: silent)
        try await producer.checkReachable(topics: ["t"], timeLimit: .seconds(5))
        await producer.close(timeLimit: .seconds(5))
    }

    @Test func `unreachable names the address`() async throws {
        let producer = try KafkaProducer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            logger: silent
        )
        let error = await #expect(throws: KafkaError.self) {
            try await producer.checkReachable(topics: ["t"], timeLimit: .milliseconds(300))
        }
        #expect(error?.reason.contains("127.0.0.1:1 within 0.3 seconds") == true)
        #expect(error?.reason.hasSuffix("Connection refused") == true)
        await producer.close(timeLimit: .zero)
    }

    @Test func `a client that failed for good is replaced`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try KafkaProducer(cluster.configuration(), logger: silent)
        let old = producer.engine
        let batch = producer.makeBatch(expecting: 2)
        #expect(batch.append(topic: "t", value: "v") == .queued)
        _ = rd_kafka_test_fatal_error(
            old.client.pointer,
            RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
            "on purpose"
        )
        guard case .failed(let error) = batch.append(topic: "t", value: "v") else {
            Issue.record("a broken client took a record")
            return
        }
        #expect(error.isFatal)
        // The record queued before may have made it or not; its outcome comes in any case.
        _ = await batch.outcome()
        waitUntil("the fault is known") { old.context.isFatal }
        let next = producer.makeBatch(expecting: 1)
        #expect(producer.engine !== old)
        #expect(next.append(topic: "t", value: "v") == .queued)
        #expect(await next.outcome().isEmpty)
        await producer.close(timeLimit: .seconds(5))
        waitUntil("the old one is gone") { old.context.ledger.live(.client) == 0 }
    }
}
