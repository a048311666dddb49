package import BanRules
internal import Events
internal import Pipeline

/// The pure path over a tape: bytes, validated event, verdict, counts.
package struct PurePath {
    private let rules: RuleIndex

    /// Compiles a rule set.
    package init(_ rules: RuleSet) {
        self.init(index: RuleIndex(rules))
    }

    init(index rules: RuleIndex) {
        self.rules = rules
    }

    /// Nanoseconds an event, by step.
    package struct Figures {
        /// Bytes to validated event.
        package var scan = Double.infinity
        /// Bytes to validated event, verdict and counts.
        package var screen = Double.infinity
        /// Changed counts and the journal as JSON.
        package var write = Double.infinity
    }

    /// The best of so many rounds over the tape: what disturbs a round makes it slower, never
    /// faster.
    package func best(of rounds: Int, _ tape: EventTape, batch: Int = 10_000) -> Figures {
        let clock = ContinuousClock()
        var best = Figures()
        func each(_ time: Duration) -> Double { time / .nanoseconds(1) / Double(tape.count) }
        for _ in 0..<rounds {
            let scan = clock.measure { precondition(self.scan(tape) == tape.count) }
            let screened = screen(tape, batch: batch)
            precondition(screened.outcome == tape.count, "an event of the mix was not screened")
            best.scan = min(best.scan, each(scan))
            best.screen = min(best.screen, each(screened.screening))
            best.write = min(best.write, each(screened.writing))
        }
        return best
    }

    /// Validates every event; how many are valid.
    package func scan(_ tape: EventTape) -> Int {
        var scanner = EventScanner()
        return Self.scan(tape, 0..<tape.count, with: &scanner)
    }

    /// Validates some events into one place, as the pipeline does; how many are valid.
    static func scan(
        _ tape: EventTape,
        _ range: Range<Int>,
        with scanner: inout EventScanner
    ) -> Int {
        var event = ScannedEvent()
        var valid = 0
        for index in range {
            tape.with(index) { _, payload in
                if (try? scanner.scan(payload, into: &event)) != nil { valid += 1 }
            }
        }
        return valid
    }

    /// Screens every event in batches; how many were screened, and the time of the two halves.
    package func screen(
        _ tape: EventTape,
        batch: Int
    ) -> (outcome: Int, screening: Duration, writing: Duration) {
        let clock = ContinuousClock()
        var pipeline = ScreeningPipeline(rules: rules)
        let partitions = InputTopic.allCases.map { partition($0) }
        var result = (outcome: 0, screening: Duration.zero, writing: Duration.zero)
        var start = 0
        while start < tape.count {
            let end = min(start + batch, tape.count)
            result.screening += clock.measure {
                Self.take(tape, start..<end, into: &pipeline, partitions)
            }
            result.writing += clock.measure { pipeline.finish(partitions) }
            result.outcome += pipeline.outcome.screened
            for partition in partitions { partition.state.commit() }
            pipeline.reset()
            start = end
        }
        return result
    }

    /// Takes events of a tape; the partitions are one for each input topic, in their order.
    static func take(
        _ tape: EventTape,
        _ range: Range<Int>,
        into pipeline: inout ScreeningPipeline,
        _ partitions: [InputPartition]
    ) {
        let (events, payments) = (partitions[0], partitions[1])
        take(tape, range, into: &pipeline, (events, payments), &events.state, &payments.state)
    }

    private static func take(
        _ tape: EventTape,
        _ range: Range<Int>,
        into pipeline: inout ScreeningPipeline,
        _ partitions: (events: InputPartition, payments: InputPartition),
        _ events: inout PartitionState,
        _ payments: inout PartitionState
    ) {
        for index in range {
            tape.with(index) { topic, payload in
                if topic == .appstoreEvents {
                    take(payload, at: index, into: &pipeline, partitions.events, &events)
                } else {
                    take(payload, at: index, into: &pipeline, partitions.payments, &payments)
                }
            }
        }
    }

    /// Takes one event, as the loop of screening does.
    static func take(
        _ payload: RawSpan,
        at offset: Int,
        into pipeline: inout ScreeningPipeline,
        _ partition: InputPartition,
        _ state: inout PartitionState
    ) {
        let record = InputRecord(
            offset: Int64(offset),
            timestamp: 1_609_459_200_000,
            hasKey: false,
            hasValue: true,
            hasHeaders: false
        )
        pipeline.take(
            record,
            key: RawSpan(),
            value: payload,
            headers: { _ in },
            in: partition,
            &state
        )
    }

    func partition(_ topic: InputTopic, horizon: Int = 1_000_000) -> InputPartition {
        InputPartition(
            input: topic,
            topic: topic.name,
            partition: 0,
            start: 0,
            tally: JournalRecord.Tally(since: 0),
            marks: (key: HashKey(low: 1, high: 2), window: DedupeWindow(horizon: horizon))
        )
    }
}
