import CRDKafka
import Testing

@testable import Kafka

@Suite(.ownThread, .timeLimit(.minutes(1))) struct `Transactional producer` {
    private let limit = Duration.seconds(10)

    private func make(
        _ cluster: MockCluster,
        _ properties: [String: String] = [:]
    ) throws -> TransactionalProducer {
        let producer = try TransactionalProducer(
            cluster.configuration(properties),
            transactionalID: "id",
            transactionTimeout: .seconds(10),
            logger: silent
        )
        try producer.initialise(timeLimit: limit)
        return producer
    }

    private func commitOne(_ producer: TransactionalProducer) throws {
        try producer.begin()
        try producer.send(try producer.topic("t"), key: "k", value: "v")
        try producer.commit(timeLimit: limit)
    }

    @Test func `a transaction commits and the next one begins`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster)
        let ledger = producer.ledger
        try commitOne(producer)
        try commitOne(producer)
        producer.close()
        producer.close()
        #expect(ledger?.live == 0)
        #expect(throws: KafkaError.self) { try producer.begin() }
    }

    @Test(arguments: [
        (MockCluster.Request.initProducerID, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS),
        (.addPartitions, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS),
        (.addPartitions, RD_KAFKA_RESP_ERR_NOT_COORDINATOR),
        (.endTransaction, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE),
        (.produce, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS),
    ])
    func `what passes by itself needs nothing of the owner`(
        request: MockCluster.Request,
        code: rd_kafka_resp_err_t
    ) throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        cluster.fail(request, with: [code, code])
        try commitOne(try make(cluster, ["retry.backoff.ms": "10"]))
    }

    @Test func `an error of the transaction asks for an abort and the next one works`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster)
        cluster.fail(.addPartitions, with: [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
        let error = #expect(throws: KafkaError.self) { try commitOne(producer) }
        #expect(error?.requiresAbort == true)
        #expect(error?.isFatal == false)
        try producer.abort(timeLimit: limit)
        try commitOne(producer)
    }

    @Test func `offsets that the group refuses ask for an abort`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster)
        let consumer = try KafkaConsumer(
            cluster.configuration(),
            group: "g",
            instance: nil,
            logger: silent
        )
        cluster.fail(
            .transactionOffsets,
            with: [
                RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION,
            ]
        )
        try producer.begin()
        try producer.send(try producer.topic("t"), key: nil, value: "v")
        let offsets = [(TopicPartition(topic: "t", partition: 0), Int64(1))]
        let error = #expect(throws: KafkaError.self) {
            try producer.commit(offsets: offsets, group: consumer, timeLimit: limit)
        }
        #expect(error?.requiresAbort == true)
        #expect(error?.isFatal == false)
        try producer.abort(timeLimit: limit)
        try producer.begin()
        try producer.send(try producer.topic("t"), key: nil, value: "v")
        try producer.commit(offsets: offsets, group: consumer, timeLimit: limit)
        consumer.close()
    }

    @Test func `a fence is fatal and says so`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster)
        cluster.fail(.endTransaction, with: [RD_KAFKA_RESP_ERR_PRODUCER_FENCED])
        let error = #expect(throws: KafkaError.self) { try commitOne(producer) }
        #expect(error?.isFatal == true)
        #expect(error?.isFenced == true)
        let later = #expect(throws: KafkaError.self) { try producer.begin() }
        #expect(later?.isFatal == true)
    }

    @Test func `a full queue is a wait`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(
            cluster,
            ["queue.buffering.max.messages": "10", "linger.ms": "0"]
        )
        let topic = try producer.topic("t")
        try producer.begin()
        for number in 0..<200 { try producer.send(topic, key: nil, value: "\(number)") }
        try producer.commit(timeLimit: limit)
    }

    @Test func `many records at a time wait for a full queue too, and keep their order`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(
            cluster,
            ["queue.buffering.max.messages": "10", "linger.ms": "0"]
        )
        let topic = try producer.topic("t")
        var bytes: [UInt8] = []
        var ranges: [KeyedRange] = []
        for number in 0..<200 {
            let start = bytes.count
            bytes += Array("k".utf8)
            bytes += Array("\(number)".utf8)
            ranges.append(KeyedRange(key: start..<start + 1, value: start + 1..<bytes.count))
        }
        try producer.begin()
        try producer.send(topic, ranges, in: bytes.span.bytes)
        try producer.commit(timeLimit: limit)
        let reader = try KafkaReader(cluster.configuration(), logger: silent)
        defer { reader.close() }
        var read: [String] = []
        let partition = TopicPartition(topic: "t", partition: 0)
        try reader.readToEnd([(partition, .earliest)], idleLimit: .seconds(10)) { batch in
            for index in 0..<batch.count {
                batch.withRecord(at: index) { _, key, value in read.append(text(key) + text(value))
                }
            }
        }
        #expect(read == (0..<200).map { "k\($0)" })
    }

    @Test func `records sent together go where each would go alone, in their order`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("alone", partitions: 5)
        cluster.createTopic("together", partitions: 5)
        let producer = try make(cluster)
        let (alone, together) = (try producer.topic("alone"), try producer.topic("together"))
        var bytes: [UInt8] = []
        var ranges: [KeyedRange] = []
        try producer.begin()
        for number in 0..<300 {
            let (key, value) = ("key-\(number % 40)", "\(number)")
            try producer.send(alone, partition: nil, key: key, value: value)
            let start = bytes.count
            bytes += Array(key.utf8)
            let middle = bytes.count
            bytes += Array(value.utf8)
            ranges.append(KeyedRange(key: start..<middle, value: middle..<bytes.count))
        }
        // Once more than fits in one call, so that memory is used again.
        try producer.send(together, Array(ranges[..<100]), in: bytes.span.bytes)
        try producer.send(together, Array(ranges[100...]), in: bytes.span.bytes)
        try producer.commit(timeLimit: limit)
        let places = [try read("alone", of: cluster), try read("together", of: cluster)]
        #expect(places[0] == places[1])
        #expect(places[0].count(where: { !$0.isEmpty }) == 5)
        #expect(places[0].reduce(0) { $0 + $1.count } == 300)
    }

    /// What each of five partitions holds, in its order.
    private func read(_ topic: String, of cluster: MockCluster) throws -> [[String]] {
        let reader = try KafkaReader(cluster.configuration(), logger: silent)
        defer { reader.close() }
        var read = [[String]](repeating: [], count: 5)
        let places = (0..<5).map { TopicPartition(topic: topic, partition: $0) }
        try reader.readToEnd(places.map { ($0, .earliest) }, idleLimit: .seconds(10)) { batch in
            for index in 0..<batch.count {
                batch.withRecord(at: index) { info, key, value in
                    read[Int(info.partition)].append(text(key) + "=" + text(value))
                }
            }
        }
        return read
    }

    @Test func `one record too large among many is an error of its own`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster, ["message.max.bytes": "1000"])
        let topic = try producer.topic("t")
        let bytes = [UInt8](repeating: 0x78, count: 3_000)
        let ranges = [0..<10, 0..<2_000, 0..<20].map { KeyedRange(key: 0..<1, value: $0) }
        try producer.begin()
        let error = #expect(throws: KafkaError.self) {
            try producer.send(topic, ranges, in: bytes.span.bytes)
        }
        #expect(error?.isRecordTooLarge == true)
    }

    @Test func `a record that is too large is an error of its own`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster, ["message.max.bytes": "1000"])
        let topic = try producer.topic("t")
        try producer.begin()
        let error = #expect(throws: KafkaError.self) {
            try producer.send(topic, key: nil, value: String(repeating: "x", count: 2000))
        }
        #expect(error?.isRecordTooLarge == true)
        #expect(error?.requiresAbort == false)
        try producer.send(topic, key: nil, value: "small")
        try producer.commit(timeLimit: limit)
    }

    @Test func `time limits longer than the transaction are shortened`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let long = ["socket.timeout.ms": "60000", "message.timeout.ms": "300000"]
        try commitOne(try make(cluster, long))
    }

    @Test func `initialising without a broker ends in time and names the address`() throws {
        let producer = try TransactionalProducer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"),
            transactionalID: "id",
            transactionTimeout: .seconds(10),
            logger: silent
        )
        let error = #expect(throws: KafkaError.self) {
            try producer.initialise(timeLimit: .milliseconds(400))
        }
        #expect(error?.reason.contains("127.0.0.1:1") == true)
        #expect(error?.isRetriable == true)
    }

    @Test func `closing in an open transaction ends though the broker is away`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster)
        let ledger = producer.ledger
        let topic = try producer.topic("t")
        try producer.begin()
        cluster.setDown()
        for number in 0..<100 { try producer.send(topic, key: nil, value: "\(number)") }
        let begin = ContinuousClock.now
        producer.close()
        #expect(begin.duration(to: .now) < .seconds(10))
        #expect(ledger?.live == 0)
    }

    @Test func `a client may end at any moment of its first record`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        for moment in 0..<60 {
            let producer = try make(cluster)
            try producer.begin()
            try producer.send(try producer.topic("t"), key: nil, value: "v")
            let end = ContinuousClock.now + .microseconds(50 * moment)
            while ContinuousClock.now < end {}
            producer.close()
        }
        try commitOne(try make(cluster))
    }

    @Test func `a commit that ran out of time is called again`() throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try make(cluster, ["retry.backoff.ms": "10"])
        let consumer = try KafkaConsumer(
            cluster.configuration(),
            group: "g",
            instance: nil,
            logger: silent
        )
        try producer.begin()
        try producer.send(try producer.topic("t"), key: nil, value: "v")
        let busy = RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS
        cluster.fail(.endTransaction, with: Array(repeating: busy, count: 200))
        let offsets = [(TopicPartition(topic: "t", partition: 0), Int64(1))]
        let begin = ContinuousClock.now
        let error = #expect(throws: KafkaError.self) {
            // Enough for the offsets under load, too little for so many errors of the commit.
            try producer.commit(offsets: offsets, group: consumer, timeLimit: .seconds(1))
        }
        #expect(begin.duration(to: .now) < .seconds(5))
        #expect(error?.isRetriable == true)
        #expect(error?.requiresAbort == false)
        #expect(throws: KafkaError.self) { try producer.abort(timeLimit: limit) }
        try producer.commit(offsets: offsets, group: consumer, timeLimit: limit)
        try commitOne(producer)
        consumer.close()
    }
}
