import BanRules
import Events
import Kafka
import Pipeline

/// Whether a record would be screened now, by the pipeline that screens; one thread.
struct ReplayJudge: ~Copyable {
    private var pipeline: ScreeningPipeline

    init(_ rules: RuleSet) {
        pipeline = ScreeningPipeline(rules: RuleIndex(rules))
    }

    /// Nil if the record is a valid event of the input, else why it is not.
    mutating func refusal(
        of value: [UInt8]?,
        headers: [(name: String, value: [UInt8])],
        on input: InputTopic
    ) -> String? {
        let partition = InputPartition(
            input: input,
            topic: input.name,
            partition: 0,
            start: 0,
            tally: JournalRecord.Tally(since: 0),
            marks: (key: HashKey(low: 0, high: 0), window: DedupeWindow(horizon: 1))
        )
        let record = InputRecord(
            offset: 0,
            timestamp: nil,
            hasKey: false,
            hasValue: value != nil,
            hasHeaders: !headers.isEmpty
        )
        let bytes = value ?? []
        unsafe pipeline.take(
            record,
            key: [UInt8]().span.bytes,
            value: bytes.span.bytes,
            headers: { visit in
                for header in headers {
                    let name = Array(header.name.utf8)
                    unsafe visit(name.span.bytes, header.value.span.bytes)
                }
            },
            in: partition
        )
        defer { pipeline.reset() }
        guard partition.state.tally.deadLettered > 0 else { return nil }
        return pipeline.outcome.refusals.keys.map(\.rawValue).joined()
    }
}
