import BanRules
import Events

@testable import Pipeline

/// A pipeline with one partition, fed with texts.
struct PipelineHarness: ~Copyable {
    var pipeline: ScreeningPipeline
    let partition: InputPartition

    /// - Parameter rules: the shipped ones without it.
    init(_ input: InputTopic = .appstoreEvents, rules: RuleSet? = nil) throws {
        pipeline = ScreeningPipeline(rules: RuleIndex(try rules ?? .shipped()))
        partition = Self.partition(input)
    }

    static func partition(_ input: InputTopic, start: Int64 = 0) -> InputPartition {
        InputPartition(
            input: input,
            topic: input.name,
            partition: 0,
            start: start,
            tally: JournalRecord.Tally(since: start),
            marks: (key: HashKey(low: 1, high: 2), window: DedupeWindow(horizon: 1_000))
        )
    }

    /// Feeds a structured record without headers at the next offset.
    mutating func take(_ value: String) {
        take(Array(value.utf8))
    }

    /// Feeds a record at the next offset.
    mutating func take(
        _ value: [UInt8]?,
        key: [UInt8]? = nil,
        headers: [(String, String)] = []
    ) {
        let (keyBytes, valueBytes) = (key ?? [], value ?? [])
        unsafe pipeline.take(
            InputRecord(
                offset: partition.state.next,
                timestamp: 1_600_000_000_123,
                hasKey: key != nil,
                hasValue: value != nil,
                hasHeaders: !headers.isEmpty
            ),
            key: keyBytes.span.bytes,
            value: valueBytes.span.bytes,
            headers: { visit in
                for (name, value) in headers {
                    unsafe visit(Array(name.utf8).span.bytes, Array(value.utf8).span.bytes)
                }
            },
            in: partition
        )
    }

    /// The batch's records so far, as text.
    func written(to topic: OutputTopic) -> [WrittenRecord] {
        WrittenRecord.all(in: pipeline.output).filter { $0.topic == topic }
    }

    /// Ends the batch as the loop does after a transaction went through.
    mutating func commit() -> [WrittenRecord] {
        pipeline.finish([partition])
        let records = WrittenRecord.all(in: pipeline.output)
        partition.state.commit()
        pipeline.reset()
        return records
    }
}

/// A record that the pipeline wants written.
struct WrittenRecord {
    let topic: OutputTopic
    let partition: Int32?
    let key: [UInt8]?
    let value: [UInt8]?
    let headers: [String: String]

    static func all(in output: OutputBuffer) -> [WrittenRecord] {
        output.records.map { record in
            WrittenRecord(
                topic: record.topic,
                partition: record.partition,
                key: record.key.map { Array(output.bytes[$0]) },
                value: record.value.map { Array(output.bytes[$0]) },
                headers: Dictionary(
                    output.headers(of: record).map {
                        ($0.name, String(decoding: $0.value, as: UTF8.self))
                    },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
    }

    private func read<Value>(_ decode: (RawSpan) throws -> Value) throws -> Value {
        let bytes = value ?? []
        return unsafe try decode(bytes.span.bytes)
    }

    var count: DownloadCount {
        get throws { try read(DownloadCount.init) }
    }

    var flag: Flag {
        get throws { try read(Flag.init) }
    }

    var journal: JournalRecord {
        get throws { try read(JournalRecord.init) }
    }
}

/// Events as producers write them.
enum SampleEvent {
    static func download(
        id: String,
        appID: String = "com.example.notes",
        country: String = "US",
        time: String = "2021-01-20T12:00:00Z",
        units: Int64 = 1
    ) -> String {
        """
        {"specversion":"1.0","id":"\(id)","source":"urn:test","type":"cordon.app.download",\
        "time":"\(time)","data":{"store":"google","appId":"\(appID)","country":"\(country)",\
        "units":\(units)}}
        """
    }

    static func payment(id: String, method: String = "card", payer: String = "US") -> String {
        """
        {"specversion":"1.0","id":"\(id)","source":"urn:test",\
        "type":"cordon.payment.transaction","time":"2021-01-20T12:00:00Z",\
        "data":{"transactionId":"t-\(id)","paymentMethod":"\(method)","amount":"12.50",\
        "currency":"USD","payerCountry":"\(payer)","payeeCountry":"CN"}}
        """
    }

    static let alipay = "com.eg.android.AlipayGphone"
}
