package import BanRules
package import Events

/// What screening does to a batch, without I/O and without a clock: records and rules in; flags,
/// counts, dead letters and journal out.
///
/// One worker's thread uses it: ``take(_:key:value:headers:in:)`` for each record of a batch, then
/// ``finish(_:)`` once, then write ``output``; the batch ends with ``reset()``. A valid event that
/// no rule meets allocates nothing.
package struct ScreeningPipeline: ~Copyable {
    /// Shows the headers of a record one by one, in order.
    package typealias HeaderSource = ((_ name: RawSpan, _ value: RawSpan) -> Void) -> Void

    /// What the batch wants written so far.
    package var output = OutputBuffer()
    /// What happened in the batch, for the metrics.
    package private(set) var outcome = BatchOutcome()

    /// The apps that counts are held of; forgotten only when no count is left.
    package var apps = AppTable()
    private var scanner = EventScanner()
    /// The event at hand.
    private var event = ScannedEvent()
    private var screener: Screener
    package var binaryMode = BinaryMode()
    private var structured: [UInt8] = []
    private var verdicts: [Verdict] = []
    /// The digest of the rule set that judges.
    package private(set) var ruleSetDigest: String

    /// Prepares to screen by a rule set.
    package init(rules: RuleIndex) {
        screener = Screener(rules)
        ruleSetDigest = rules.ruleSet.digest
    }

    /// Judges by another rule set from now on; only between two batches.
    package mutating func switchRules(to rules: RuleIndex) {
        precondition(outcome.received == 0, "a batch is judged by one rule set")
        screener = Screener(rules)
        apps.forgetClear()
        ruleSetDigest = rules.ruleSet.digest
    }

    /// Screens a record of a partition; whatever it is, it ends as screened, repeated or refused.
    ///
    /// `headers` is only asked if the record has any.
    package mutating func take(
        _ record: InputRecord,
        key: RawSpan,
        value: RawSpan,
        headers: HeaderSource,
        in partition: InputPartition
    ) {
        take(record, key: key, value: value, headers: headers, in: partition, &partition.state)
    }

    /// The same with the partition's state lent by the caller, which borrows it once for all
    /// records that follow each other: to borrow it costs as much as to look an app up.
    package mutating func take(
        _ record: InputRecord,
        key: RawSpan,
        value: RawSpan,
        headers: HeaderSource,
        in partition: InputPartition,
        _ state: inout PartitionState
    ) {
        state.isTouched = true
        state.tally.received += 1
        state.next = record.offset + 1
        outcome.received += 1
        do {
            try decode(record, value, headers, partition, &state)
        } catch {
            state.tally.deadLettered += 1
            outcome.refused(error.rejection.reason)
            DeadLetterWriter(record: record, partition: partition).append(
                error,
                key: key,
                value: value,
                headers: record.hasHeaders ? copied(headers) : [],
                to: &output
            )
        }
    }

    /// Notes that retention took offsets, and moves the partition on behind them.
    package mutating func skipExpired(to offset: Int64, in partition: InputPartition) {
        let lost = partition.state.next..<offset
        outcome.expired += Int64(lost.count)
        DeadLetterWriter.appendGap(of: lost, in: partition, to: &output)
        partition.state.skipExpired(to: offset)
    }

    /// Adds the counts that changed since the last call; a batch may be written in parts.
    package mutating func writeCounts(of partitions: [InputPartition]) {
        for partition in partitions where partition.state.isTouched {
            appendCounts(of: partition)
        }
    }

    /// Adds the last changed counts and the journal of every partition that the batch touched.
    package mutating func finish(_ partitions: [InputPartition]) {
        writeCounts(of: partitions)
        for partition in partitions where partition.state.isTouched {
            appendJournal(of: partition)
        }
    }

    /// Forgets the batch.
    package mutating func reset() {
        output.removeAll()
        outcome = BatchOutcome()
    }

    // MARK: - One event

    private mutating func decode(
        _ record: InputRecord,
        _ value: RawSpan,
        _ headers: HeaderSource,
        _ partition: InputPartition,
        _ state: inout PartitionState
    ) throws(DeadLetterWriter.Refusal) {
        guard record.hasValue else {
            throw refusal(.tombstone, "the record has no value")
        }
        guard value.byteCount <= EventLimits.eventByteLimit else {
            let detail =
                "\(value.byteCount) bytes, at most \(EventLimits.eventByteLimit) are allowed"
            throw refusal(.tooLarge, detail)
        }
        let mode = record.hasHeaders ? contentMode(headers) : .structured
        switch mode {
        case .structured:
            try accept(value, record, headers, partition, &state)
        case .batch:
            throw refusal(
                .unsupportedContentType,
                "Kafka has no batch mode: send one event a record"
            )
        case .unsupported:
            throw refusal(.unsupportedContentType, "events are read in JSON only")
        case .binary:
            // The buffer leaves self while its bytes are lent to methods that change self.
            var buffer: [UInt8] = []
            swap(&buffer, &structured)
            defer { swap(&buffer, &structured) }
            try convert(value, headers: headers, into: &buffer)
            unsafe try accept(buffer.span.bytes, record, headers, partition, &state)
        }
    }

    private mutating func accept(
        _ payload: RawSpan,
        _ record: InputRecord,
        _ headers: HeaderSource,
        _ partition: InputPartition,
        _ state: inout PartitionState
    ) throws(DeadLetterWriter.Refusal) {
        let mark = try scan(payload, partition, &state)
        // Its app is looked up and it is judged before it is known to be new: the table of marks is
        // far larger than the processor's cache, and what was asked for arrives in the meantime.
        let isDownload = event.type == .appDownload
        let app = isDownload ? numberOfApp(in: payload) : 0
        let known = screener.falseMatchCount
        judge(payload, isDownload ? app : nil)
        defer { if !verdicts.isEmpty { verdicts.removeAll(keepingCapacity: true) } }
        guard state.window.insert(mark) else {
            state.tally.duplicate += 1
            outcome.duplicates += 1
            return
        }
        if isDownload {
            guard count(app, at: record.offset, &state) else {
                state.window.removeNewest()
                let rejection = Rejection(
                    reason: .countOverflow,
                    pointer: "/data/units",
                    detail: "the count would leave 64 bits"
                )
                throw DeadLetterWriter.Refusal(rejection: rejection, stage: .count)
            }
        }
        state.tally.screened += 1
        outcome.screened += 1
        outcome.falseMatches += screener.falseMatchCount - known
        guard !verdicts.isEmpty else { return }
        let trace = record.hasHeaders ? traceHeaders(headers) : []
        flag(payload, record, partition, headers: trace)
    }

    /// Reads the event at hand, and asks for the memory that its mark will be looked for in as soon
    /// as it is known which: with most events, before their data are read.
    @inline(__always)
    private mutating func scan(
        _ payload: RawSpan,
        _ partition: InputPartition,
        _ state: inout PartitionState
    ) throws(DeadLetterWriter.Refusal) -> Hash128 {
        let hash = partition.identityHash
        var early: Hash128?
        do {
            let reading = try scanner.begin(payload)
            if let identity = scanner.plainIdentity() {
                let mark = hash.hash(
                    payload.extracting(identity.source),
                    payload.extracting(identity.id)
                )
                state.window.prefetch(mark)
                early = mark
            }
            try scanner.finish(reading, payload, into: &event)
        } catch {
            throw DeadLetterWriter.Refusal(rejection: error, stage: .decode)
        }
        guard event.type.topic == partition.input else {
            let rejection = Rejection(
                reason: .wrongTopic,
                pointer: "/type",
                detail: "\(event.type.name) belongs on \(event.type.topic.name)"
            )
            throw DeadLetterWriter.Refusal(rejection: rejection, stage: .route)
        }
        return early
            ?? scanner.withTexts((event.source, event.id, .absent), in: payload) { source, id, _ in
                hash.hash(source, id)
            }
    }

    /// Judges the event at hand; the ids of an app that has a number are looked up once.
    @inline(__always)
    private mutating func judge(_ payload: RawSpan, _ app: UInt32?) {
        let wasClear = app.map { apps.isClear($0) } ?? false
        var isClear = wasClear
        screener.screen(
            &event,
            payload: payload,
            scanner: &scanner,
            isAppClear: &isClear,
            into: &verdicts
        )
        if isClear, !wasClear, let app { apps.setClear(app) }
    }

    // Mutating, because what is not would have the whole pipeline copied first.
    private mutating func numberOfApp(in payload: RawSpan) -> UInt32 {
        scanner.withTexts((event.store, event.appID, event.storeAppID), in: payload) {
            apps.number(store: $0, appID: $1, storeAppID: $2)
        }
    }

    private mutating func count(_ app: UInt32, at offset: Int64, _ state: inout PartitionState)
        -> Bool
    {
        let key = DayCounts.Key(
            app: app,
            country: event.country ?? .unknown,
            acquisition: event.acquisition
        )
        return state.counts.add(event.units, to: key, on: event.time.day, offset: offset)
    }

    private mutating func flag(
        _ payload: RawSpan,
        _ record: InputRecord,
        _ partition: InputPartition,
        headers: [OutputHeader]
    ) {
        let flagged = FlaggedRecord(
            topic: partition.topic,
            partition: partition.partition,
            offset: record.offset,
            timestamp: record.timestamp,
            ruleSetDigest: ruleSetDigest
        )
        for verdict in verdicts {
            let flag = Flag(verdict, on: event, in: payload, scanner: scanner, from: flagged)
            outcome.flagged(verdict.disposition)
            output.append(to: .flaggedTransactions, headers: Self.contentType + headers) { key in
                key.bytes.append(contentsOf: flag.id.utf8)
            } value: { value in
                flag.write(to: &value)
            }
        }
    }

    private static let contentType = [
        OutputHeader("content-type", "application/cloudevents+json; charset=UTF-8")
    ]

    private func refusal(
        _ reason: Rejection.Reason,
        _ detail: String
    ) -> DeadLetterWriter.Refusal {
        DeadLetterWriter.Refusal(
            rejection: Rejection(reason: reason, pointer: "", detail: detail),
            stage: .decode
        )
    }
}
