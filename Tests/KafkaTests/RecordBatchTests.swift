import CRDKafka
import Testing

@testable import Kafka

@Suite(.ownThread, .timeLimit(.minutes(1))) struct `Record batch` {
    private struct Read: Equatable {
        var key: String?
        var value: String?
        var headers: [String]
    }

    private func readAll(_ cluster: MockCluster, _ topic: String) throws -> [Read] {
        let reader = try KafkaReader(cluster.configuration(), logger: silent)
        defer { reader.close() }
        var read: [Read] = []
        let partition = TopicPartition(topic: topic, partition: 0)
        try reader.readToEnd([(partition, .earliest)], idleLimit: .seconds(10)) { batch in
            for index in 0..<batch.count {
                var headers: [String] = []
                batch.forEachHeader(at: index) { headers.append("\(text($0))=\(text($1))") }
                #expect(batch.hasHeaders(at: index) == !headers.isEmpty)
                batch.withRecord(at: index) { info, key, value in
                    #expect(info.timestamp > 0)
                    #expect(info.hasKey || key.isEmpty)
                    #expect(info.hasValue || value.isEmpty)
                    read.append(
                        Read(
                            key: info.hasKey ? text(key) : nil,
                            value: info.hasValue ? text(value) : nil,
                            headers: headers
                        )
                    )
                }
            }
        }
        return read
    }

    @Test func `null and empty are told apart, and bytes need not be text`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let producer = try KafkaProducer(cluster.configuration(), logger: silent)
        let batch = producer.makeBatch(expecting: 4)
        var headers = RecordHeaders()
        headers.append("a", "1")
        headers.append("a", "")
        headers.append("", "no name")
        headers.append("b", [0xFF, 0x00, 0xC0] as [UInt8])
        let key = [0xFE, 0xFF] as [UInt8]
        #expect(batch.append(topic: "t", key: nil, value: nil) == .queued)
        #expect(batch.append(topic: "t", key: "", value: "") == .queued)
        #expect(
            batch.append(topic: "t", key: key.span.bytes, value: nil, headers: headers) == .queued
        )
        #expect(batch.append(topic: "t", key: nil, value: nil, headers: RecordHeaders()) == .queued)
        #expect(await batch.outcome().isEmpty)
        await producer.close(timeLimit: .seconds(5))
        let bad = "\u{FFFD}"
        #expect(
            try readAll(cluster, "t") == [
                Read(key: nil, value: nil, headers: []),
                Read(key: "", value: "", headers: []),
                Read(
                    key: bad + bad,
                    value: nil,
                    headers: ["a=1", "a=", "=no name", "b=\(bad)\0\(bad)"]
                ),
                Read(key: nil, value: nil, headers: []),
            ]
        )
    }

    @Test func `headers that the sender made null are empty`() async throws {
        let cluster = try MockCluster()
        cluster.createTopic("t")
        let client = try NativeClient(
            RD_KAFKA_PRODUCER,
            ClientSettings(cluster.configuration(), guarded: [:]),
            logger: silent
        )
        let topic = try NativeTopic("t", of: client)
        let headers = rd_kafka_headers_new(1)
        #expect(
            rd_kafka_header_add(headers, "null", -1, nil, 0) == RD_KAFKA_RESP_ERR_NO_ERROR
        )
        #expect(
            cordon_produce(client.pointer, topic.pointer, 0, nil, 0, nil, 0, headers, nil)
                == RD_KAFKA_RESP_ERR_NO_ERROR
        )
        #expect(rd_kafka_flush(client.pointer, 10_000) == RD_KAFKA_RESP_ERR_NO_ERROR)
        #expect(
            try readAll(cluster, "t") == [Read(key: nil, value: nil, headers: ["null="])]
        )
    }

    @Test func `header memory is reused`() {
        var headers = RecordHeaders()
        #expect(headers.isEmpty)
        headers.append("name", "value")
        let bytes = [1, 2] as [UInt8]
        headers.append("other", bytes.span.bytes)
        #expect(headers.count == 2)
        headers.removeAll()
        #expect(headers.isEmpty)
        headers.append("name", "value")
        #expect(headers.bytes == Array("namevalue".utf8))
    }
}
