package import BanRules
internal import Events
internal import Pipeline

/// The pure path over a tape: bytes, validated event, verdict, counts.
package struct PurePath {
    private let rules: RuleIndex

    /// Compiles a rule set.
    package init(_ rules: RuleSet) {
        self.rules = RuleIndex(rules)
    }

    /// Goes over the tape and tells how long each step took.
    package func run(_ tape: EventTape, batch: Int) -> [(step: String, time: Duration)] {
        let clock = ContinuousClock()
        var times: [(step: String, time: Duration)] = []
        times.append(("scan", clock.measure { precondition(scan(tape) == tape.count) }))
        let screened = screen(tape, batch: batch)
        precondition(screened.outcome == tape.count)
        times += [
            ("screen", screened.screening), ("write", screened.writing),
        ]
        return times
    }

    /// Validates every event; how many are valid.
    package func scan(_ tape: EventTape) -> Int {
        var scanner = EventScanner()
        var valid = 0
        for index in 0..<tape.count {
            tape.with(index) { _, payload in
                if (try? scanner.scan(payload)) != nil { valid += 1 }
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
        let partitions = InputTopic.allCases.map(partition)
        var result = (outcome: 0, screening: Duration.zero, writing: Duration.zero)
        var start = 0
        while start < tape.count {
            let end = min(start + batch, tape.count)
            result.screening += clock.measure {
                for index in start..<end {
                    tape.with(index) { topic, payload in
                        let partition = topic == .appstoreEvents ? partitions[0] : partitions[1]
                        let record = InputRecord(
                            offset: partition.state.next,
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
                            in: partition
                        )
                    }
                }
            }
            result.writing += clock.measure { pipeline.finish(partitions) }
            result.outcome += pipeline.outcome.screened
            for partition in partitions { partition.state.commit() }
            pipeline.reset()
            start = end
        }
        return result
    }

    private func partition(_ topic: InputTopic) -> InputPartition {
        InputPartition(
            input: topic,
            topic: topic.name,
            partition: 0,
            start: 0,
            tally: JournalRecord.Tally(since: 0),
            marks: (key: HashKey(low: 1, high: 2), window: DedupeWindow(horizon: 1_000_000))
        )
    }
}
