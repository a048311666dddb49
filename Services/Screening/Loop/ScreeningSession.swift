import Events
import Kafka
import Logging
import Pipeline
import RuleFeed
import ServiceKit

/// The exactly-once loop of one worker, from joining the group to the first fault or the stop.
///
/// Collect a batch; screen it and write what it gives in one transaction; next. A transaction
/// begins after its batch is collected and ends before the next poll, so that a rebalance, which
/// happens inside a poll, never meets an open one. Within it, flags and counts are sent chunk by
/// chunk, so that the client's threads work while the worker screens on.
final class ScreeningSession {
    private let worker: ScreeningWorker
    private let consumer: KafkaConsumer
    private let output: OutputWriter
    private let restorer: PartitionRestorer
    private var pipeline: ScreeningPipeline
    /// Which of the feed's rule sets the pipeline judges by.
    private var generation: Int
    private var partitions: [InputPartition] = []
    private var times = StageTimes()
    private var pauseAfterAbort = Backoff(first: .milliseconds(20), limit: .seconds(5))
    /// Partitions that must not be read, with the cure.
    private var refused: [String] = []
    /// Topics that the broker does not have, with its words.
    private var absentTopics: [String: String] = [:]

    /// Makes the clients; the topics must be there already, lest a client creates them.
    init(_ worker: ScreeningWorker, journals: JournalReader) throws {
        self.worker = worker
        consumer = try KafkaConsumer(
            worker.settings.kafka,
            group: worker.identity.group,
            instance: worker.identity.name,
            logger: worker.logger
        )
        output = try OutputWriter(
            worker.settings,
            identity: worker.identity,
            logger: worker.logger
        )
        restorer = PartitionRestorer(worker, consumer: consumer, journals: journals)
        let rules = worker.rules.active
        generation = rules.generation
        pipeline = ScreeningPipeline(rules: rules.index)
    }

    /// Runs until asked to stop.
    ///
    /// - Parameter afterProgress: called after each committed transaction.
    func run(afterProgress: () -> Void) throws {
        // Ends what an earlier life of this identity may have left open, before any offset is read.
        try output.initialise(until: worker.stop)
        try consumer.subscribe(InputTopic.allCases.map(worker.settings.topics.input))
        while !worker.stop.isRequested {
            switch try consumer.poll(worker.settings.pollLimits) {
            case .idle:
                continue
            case .records(let batch):
                followRules()
                worker.metrics.polled(batch.count)
                if try write({ () throws(KafkaError) in try screen(batch) }) { afterProgress() }
            case .assigned(let assigned):
                try takeOver(assigned)
            case .revoked:
                // Inside the poll the batch was dropped; with the state nothing is left of them.
                partitions = []
                worker.status.set(.joining)
            case .failed(let place, let error):
                try resolve(error, at: place)
            }
        }
    }

    /// Leaves the group and closes the clients, children first.
    func close() {
        partitions = []
        consumer.close()
        output.close()
    }

    // MARK: - Batches

    /// Takes up new rules, if there are any: between two batches, never within one.
    private func followRules() {
        guard worker.rules.generation != generation else { return }
        let rules = worker.rules.active
        generation = rules.generation
        pipeline.switchRules(to: rules.index)
        worker.logger.notice(
            "judging by other rules",
            metadata: ["rules.digest": "\(pipeline.ruleSetDigest)"]
        )
    }

    /// Records that are screened before what they give is sent: few enough that it stays in the
    /// processor's cache, and the client has something to send while the next ones are screened.
    private static let chunkSize = 4_096

    private func screen(_ batch: borrowing RecordBatch) throws(KafkaError) {
        var start = 0
        while start < batch.count {
            let end = min(start + Self.chunkSize, batch.count)
            Self.screen(batch, start..<end, into: &pipeline, partitions)
            times.screened()
            pipeline.writeCounts(of: partitions)
            times.written()
            try output.send(pipeline.output)
            pipeline.output.removeAll()
            times.sent()
            start = end
        }
    }

    /// Static, so that the pipeline is borrowed once and not for every record.
    private static func screen(
        _ batch: borrowing RecordBatch,
        _ range: Range<Int>,
        into pipeline: inout ScreeningPipeline,
        _ partitions: [InputPartition]
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            let run = start..<batch.endOfRun(from: start, before: range.upperBound)
            let partition = partitions[batch.slot(at: start)]
            screen(batch, run, into: &pipeline, partition, &partition.state)
            start = run.upperBound
        }
    }

    /// Screens records of one partition that follow each other, as most do, with its state borrowed
    /// once.
    private static func screen(
        _ batch: borrowing RecordBatch,
        _ run: Range<Int>,
        into pipeline: inout ScreeningPipeline,
        _ partition: InputPartition,
        _ state: inout PartitionState
    ) {
        for index in run {
            batch.prefetch(at: index + 6)
            batch.withRecord(at: index) { info, key, value in
                let record = InputRecord(
                    offset: info.offset,
                    timestamp: info.timestamp < 0 ? nil : info.timestamp,
                    hasKey: info.hasKey,
                    hasValue: info.hasValue,
                    hasHeaders: batch.hasHeaders(at: index)
                )
                pipeline.take(
                    record,
                    key: key,
                    value: value,
                    headers: { visit in batch.forEachHeader(at: index, visit) },
                    in: partition,
                    &state
                )
            }
        }
    }

    /// Writes what the body screens, and how far it got, in one transaction; false if it was
    /// aborted and will be read again.
    private func write(_ body: () throws(KafkaError) -> Void) throws -> Bool {
        defer { pipeline.reset() }
        times.polled()
        var touched: [InputPartition] = []
        let committing: ContinuousClock.Instant
        do {
            try output.begin()
            try body()
            touched = partitions.filter(\.state.isTouched)
            pipeline.finish(touched)
            times.written()
            try output.send(pipeline.output)
            times.sent()
            committing = .now
            try output.commit(moving: touched, of: consumer)
            times.committed()
        } catch {
            if error.isFenced, output.hasOutlivedItsTime { throw try expired(error) }
            guard error.requiresAbort, !error.isFatal, !error.isFenced else { throw error }
            worker.logger.warning("transaction aborted", metadata: ["error": "\(error)"])
            worker.status.set(.recovering("transaction aborted: \(error)"))
            try output.abort()
            try rollBack(partitions.filter(\.state.isTouched))
            // What made it fail may last, such as a topic that is not there.
            worker.stop.wait(atMost: pauseAfterAbort.next())
            return false
        }
        if pauseAfterAbort.reset() { reportRunning() }
        for partition in touched { partition.state.commit() }
        evictCounts()
        worker.metrics.committed(pipeline.outcome, touched, after: .now - committing)
        worker.metrics.spent(times.take())
        return true
    }

    /// Finds out why a transaction that was open for too long is fenced, as after a standstill.
    ///
    /// The group tells whether another process has our name by now: it fences our membership within
    /// two heartbeats.
    ///
    /// - Returns: what the session ends with if nobody has.
    /// - Throws: the fence if somebody has.
    private func expired(_ error: KafkaError) throws -> any Error {
        let end = ContinuousClock.now + .seconds(7)
        while .now < end, !worker.stop.isRequested {
            if case .failed(_, let news) = try consumer.poll(worker.settings.pollLimits),
                news.isFenced
            {
                throw news
            }
        }
        return TransactionExpired(cause: error)
    }

    /// A transaction that the broker ended because it was open too long.
    private struct TransactionExpired: Error, CustomStringConvertible {
        var cause: KafkaError

        var description: String { "the transaction ran out of time: \(cause)" }
    }

    private func rollBack(_ touched: [InputPartition]) throws(KafkaError) {
        for partition in touched { partition.state.rollback() }
        worker.metrics.aborted()
        try consumer.seek(
            to: touched.map { ($0.place, $0.state.next) },
            timeLimit: worker.settings.brokerTimeLimit
        )
    }

    private func evictCounts() {
        let keys = partitions.reduce(0) { $0 + $1.state.counts.keyCount }
        let limit = worker.settings.countKeyLimit
        guard keys > limit || pipeline.apps.count > limit else { return }
        // Down to a half, so that the next eviction is far away.
        let share = pipeline.apps.count > limit ? 0 : limit / 2 / partitions.count
        for partition in partitions { partition.state.counts.evict(downTo: share) }
        if share == 0 { pipeline.apps.removeAll() }
    }

    // MARK: - Assignment

    private func takeOver(_ assigned: [TopicPartition]) throws {
        refused = []
        for place in assigned { absentTopics[place.topic] = nil }
        var taken: [InputPartition] = []
        worker.status.set(.restoring(done: 0, of: assigned.count))
        let horizon = worker.settings.horizon(partitions: assigned.count)
        for (done, place) in assigned.enumerated() where !worker.stop.isRequested {
            let result = try restorer.restore(place, horizon: horizon) { read in
                // What is read last may hold more than is kept.
                let marks = min(read, horizon)
                worker.status.set(
                    .restoring(done: done, of: assigned.count, marks: marks, ofMarks: horizon)
                )
            }
            switch result {
            case .ready(let partition, let skippedTo):
                taken.append(partition)
                if let skippedTo { pipeline.skipExpired(to: skippedTo, in: partition) }
            case .refused(let reason):
                refuse(place, reason)
            }
            worker.status.set(.restoring(done: done + 1, of: assigned.count))
        }
        try begin(taken)
        worker.metrics.setHorizon(horizon)
    }

    /// Starts reading at where the partitions stand; records a gap first, if one was found.
    private func begin(_ taken: [InputPartition]) throws {
        partitions = taken
        if taken.contains(where: \.state.isTouched) {
            guard try write({}) else { throw Interrupted() }
        }
        try consumer.start(at: partitions.map { ($0.place, $0.state.next) })
        reportRunning()
        worker.logger.notice(
            "reading",
            metadata: ["kafka.partitions": "\(partitions.map(\.place))"]
        )
    }

    /// A gap could not be recorded at once; the next session finds it again.
    private struct Interrupted: Error, CustomStringConvertible {
        var description: String { "a gap could not be recorded" }
    }

    /// News of a topic as a whole, most likely that it does not exist: reading of the other one
    /// goes on, and the group assigns the partitions once the topic is there.
    private func notice(_ error: KafkaError, of place: TopicPartition) {
        absentTopics[place.topic] = error.reason
        worker.logger.warning(
            "topic not readable",
            metadata: ["kafka.topic": "\(place.topic)", "error": "\(error)"]
        )
        reportRunning()
    }

    private func reportRunning() {
        let absent = absentTopics.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        worker.status.set(.running(partitions: partitions.count, refused: absent + refused))
    }

    private func refuse(_ place: TopicPartition, _ reason: String) {
        refused.append("\(place) is not read: \(reason)")
        worker.metrics.refusedPartition()
        worker.logger.error(
            "partition not read",
            metadata: ["kafka.partition": "\(place)", "reason": "\(reason)"]
        )
    }

    /// The broker has no record at a partition's position: retention overtook us, or the end moved.
    private func resolve(_ error: KafkaError, at place: TopicPartition) throws {
        guard let failed = partitions.first(where: { $0.place == place }) else {
            return notice(error, of: place)
        }
        let available = try consumer.watermarks(place, timeLimit: worker.settings.brokerTimeLimit)
        let decision = StartDecision(
            committed: failed.state.next,
            journal: nil,
            available: available
        )
        switch decision {
        case .startAfterGap(let lost):
            pipeline.skipExpired(to: lost.upperBound, in: failed)
            try begin(partitions)
        case .stop(let reason), .wait(let reason):
            refuse(place, reason)
            try begin(partitions.filter { $0.place != place })
        case .start:
            throw error
        }
    }
}

extension InputPartition {
    /// The partition as Kafka names it.
    var place: TopicPartition { TopicPartition(topic: topic, partition: partition) }
}
