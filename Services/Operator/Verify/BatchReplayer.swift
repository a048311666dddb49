import BanRules
import Events
import Kafka
import Pipeline

/// Runs the pipeline of screening over batches of the past; one thread.
struct BatchReplayer: ~Copyable {
    /// What a batch gives.
    struct Output {
        var flags: [String: [UInt8]] = [:]
        /// Units that the batch added.
        var counts: [DeepAudit.CountKey: Int64] = [:]
    }

    private let history: RuleHistory
    private var pipeline: ScreeningPipeline
    /// Whether the rules of the batch in work are known; otherwise it is judged by some other set.
    private(set) var knowsRules = false
    private var preparedDigest: String?
    private var totals: [String: Int64] = [:]

    init(_ history: RuleHistory) {
        self.history = history
        pipeline = ScreeningPipeline(rules: history.files)
    }

    /// Takes the rule set of a batch, before its first record.
    mutating func prepare(for batch: JournalLedger.Batch) {
        guard preparedDigest != batch.ruleSetDigest else { return }
        preparedDigest = batch.ruleSetDigest
        let rules = history[batch.ruleSetDigest]
        knowsRules = rules != nil
        pipeline.switchRules(to: rules ?? history.files)
    }

    /// Takes a record of the batch.
    mutating func take(
        _ info: RecordInfo,
        _ key: RawSpan,
        _ value: RawSpan,
        in partition: InputPartition,
        headers: ScreeningPipeline.HeaderSource
    ) {
        var hasHeaders = false
        headers { _, _ in hasHeaders = true }
        let record = InputRecord(
            offset: info.offset,
            timestamp: info.timestamp < 0 ? nil : info.timestamp,
            hasKey: info.hasKey,
            hasValue: info.hasValue,
            hasHeaders: hasHeaders
        )
        pipeline.take(record, key: key, value: value, headers: headers, in: partition)
    }

    /// Ends the batch: what it gives; the partition moves on as the journal says.
    mutating func finish(_ partition: InputPartition, skippingTo batch: JournalLedger.Batch)
        -> Output
    {
        var output = Output()
        if batch.expired > 0 { partition.state.skipExpired(to: batch.offsets.upperBound) }
        pipeline.finish([partition])
        collect(into: &output)
        partition.state.next = batch.offsets.upperBound
        partition.state.commit()
        pipeline.reset()
        return output
    }

    private mutating func collect(into output: inout Output) {
        for record in pipeline.output.records {
            guard let key = record.key, let value = record.value else { continue }
            let bytes = Array(pipeline.output.bytes[value])
            switch record.topic {
            case .flaggedTransactions:
                let id = String(decoding: pipeline.output.bytes[key], as: UTF8.self)
                output.flags[id] = bytes
            case .downloadCounts:
                guard let count = unsafe try? DownloadCount(value: bytes.span.bytes) else {
                    continue
                }
                let name = String(decoding: pipeline.output.bytes[key], as: UTF8.self)
                let before = totals[name] ?? 0
                totals[name] = count.count
                output.counts[DeepAudit.CountKey(count), default: 0] += count.count - before
            default: continue
            }
        }
    }
}

extension DeepAudit.CountKey {
    init(_ count: DownloadCount) {
        let dimensions = count.dimensions
        self.init(
            day: dimensions.day,
            app: DownloadCount.AppKey(
                store: dimensions.store,
                appID: dimensions.appID,
                storeAppID: dimensions.storeAppID
            ),
            country: dimensions.country,
            acquisition: dimensions.acquisition
        )
    }
}
