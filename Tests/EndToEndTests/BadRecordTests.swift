import TestSupport
import Testing

extension EndToEnd {
    /// Nothing that arrives may stop the stream, change a count, or be lost.
    struct BadRecordTests {
        @Test(.timeLimit(.minutes(3)))
        func `bad records become dead letters and the stream goes on`() async throws {
            let bench = try await Bench()
            let service = try bench.screening()
            for partition in 0..<bench.partitions {
                try await produceGood("before", partition, bench)
            }
            for (number, record) in BadRecord.all.enumerated() {
                try await bench.topics.produce(
                    record.value,
                    key: "\(number)",
                    headers: record.headers,
                    partition: number % bench.partitions,
                    to: record.topic
                )
            }
            for partition in 0..<bench.partitions {
                try await produceGood("after", partition, bench)
            }
            try await bench.waitUntilScreened(by: [service])

            let letters = try await bench.topics.records(of: "dead-letters")
            #expect(letters.count == BadRecord.all.count)
            for (number, record) in BadRecord.all.enumerated() {
                let letter = letters.first { $0.key == "\(number)" }
                try await check(#require(letter, "no dead letter of \(record.name)"), record, bench)
            }
            let counts = try await bench.topics.records(of: "download-counts").latestCounts
            #expect(counts.values.reduce(0, +) == Int64(2 * bench.partitions))
            let flags = try await bench.topics.records(of: "flagged-transactions")
            #expect(flags.count == 2 * bench.partitions)
            let journal = try await bench.journalEnds(of: "appstore-events").values
            #expect(journal.allSatisfy { $0.isConserved && $0.deadLettered > 0 })
            #expect(try await service.stop() == 0)
        }

        private func produceGood(_ name: String, _ partition: Int, _ bench: Bench) async throws {
            try await bench.topics.produce(
                SampleEvents.download(id: "\(name)-\(partition)"),
                partition: partition,
                to: "appstore-events"
            )
        }

        private func check(
            _ letter: KafkaRecord,
            _ record: BadRecord,
            _ bench: Bench
        ) async throws {
            let comment = Comment(rawValue: record.name)
            #expect(letter.header("__cordon.errors.reason") == record.reason, comment)
            if let pointer = record.pointer {
                #expect(letter.header("__cordon.errors.pointer") == pointer, comment)
            }
            #expect(letter.header("__cordon.errors.message")?.isEmpty == false, comment)
            #expect(letter.header("__cordon.errors.stage")?.isEmpty == false, comment)
            let origin = bench.topics.name(record.topic)
            #expect(letter.header("__cordon.errors.topic") == origin, comment)
            #expect(letter.header("__cordon.errors.partition").flatMap { Int($0) } != nil, comment)
            #expect(letter.header("__cordon.errors.offset").flatMap { Int($0) } != nil, comment)
            for (name, value) in record.headers {
                #expect(letter.header(name) == value, comment)
            }
            try await checkValue(letter, record, bench)
        }

        /// The bytes come along as they were, or as much of them as a record can carry.
        private func checkValue(
            _ letter: KafkaRecord,
            _ record: BadRecord,
            _ bench: Bench
        ) async throws {
            let comment = Comment(rawValue: record.name)
            guard let value = record.value else {
                #expect(letter.payload == nil, comment)
                return
            }
            let carried = try await bench.topics.value(of: letter)
            guard value.count > 524_288 else {
                #expect(carried == value, comment)
                #expect(letter.header("original-size") == nil, comment)
                return
            }
            #expect(carried == Array(value.prefix(65_536)), comment)
            #expect(letter.header("original-size") == "\(value.count)", comment)
            let hash = try Program("sha256sum", [], input: value)
            _ = try await hash.exitStatus()
            #expect(letter.header("original-sha256") == String(hash.output.prefix(64)), comment)
        }
    }
}
