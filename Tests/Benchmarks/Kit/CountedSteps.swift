package import BanRules
internal import Events
internal import Pipeline

/// Steps of the pure path for a counter of instructions, which looks at ``measuredRegion(_:)``
/// alone: what comes before prepares, and is not counted.
package struct CountedSteps {
    /// What is counted.
    package enum Step: String, CaseIterable {
        /// Validating events of the mix.
        case scan
        /// Screening downloads that no rule meets, of apps and days that are known.
        case unflagged
        /// Screening the mix, with its new apps, days and flags.
        case mix
        /// Writing the counts and the journal of the mix.
        case write
    }

    /// Events of each step.
    package static let events = 20_000

    private let rules: RuleIndex

    /// Compiles a rule set.
    package init(_ rules: RuleSet) {
        self.rules = RuleIndex(rules)
    }

    /// Prepares a step and takes it once.
    package func run(_ step: Step) {
        switch step {
        case .scan: scan()
        case .unflagged: screenUnflagged()
        case .mix, .write: screenMix(counting: step)
        }
    }

    private func scan() {
        let tape = EventTape(count: Self.events)
        var scanner = EventScanner()
        var valid = PurePath.scan(tape, 0..<100, with: &scanner)
        measuredRegion { valid += PurePath.scan(tape, 0..<tape.count, with: &scanner) }
        precondition(valid == tape.count + 100)
    }

    private func screenUnflagged() {
        let events = (0..<2 * Self.events).map { number in
            Array(
                """
                {"specversion":"1.0","id":"event-\(number)","source":"bench",\
                "type":"cordon.app.download","time":"2021-01-20T12:00:00Z",\
                "data":{"store":"google","appId":"com.example.app\(number % 50)",\
                "appName":"Some App \(number % 50)","publisher":"A Publisher","country":"US"}}
                """.utf8
            )
        }
        let path = PurePath(index: rules)
        var pipeline = ScreeningPipeline(rules: rules)
        let partition = path.partition(.appstoreEvents, horizon: 4 * Self.events)
        func take(
            _ range: Range<Int>,
            _ pipeline: inout ScreeningPipeline,
            _ state: inout PartitionState
        ) {
            for index in range {
                let event = events[index]
                let bytes = unsafe event.span.bytes
                PurePath.take(bytes, at: index, into: &pipeline, partition, &state)
            }
        }
        take(0..<Self.events, &pipeline, &partition.state)
        measuredRegion {
            take(Self.events..<2 * Self.events, &pipeline, &partition.state)
        }
        precondition(pipeline.outcome.screened == 2 * Self.events)
        precondition(pipeline.output.records.isEmpty, "an event was flagged")
    }

    private func screenMix(counting step: Step) {
        let tape = EventTape(count: Self.events)
        let path = PurePath(index: rules)
        var pipeline = ScreeningPipeline(rules: rules)
        let partitions = InputTopic.allCases.map { path.partition($0) }
        func take() {
            PurePath.take(tape, 0..<tape.count, into: &pipeline, partitions)
        }
        if step == .mix { measuredRegion { take() } } else { take() }
        precondition(pipeline.outcome.screened == tape.count)
        if step == .write { measuredRegion { pipeline.finish(partitions) } }
    }
}

/// What is counted: a counter is told this name.
@inline(never)
private func measuredRegion(_ body: () -> Void) { body() }
