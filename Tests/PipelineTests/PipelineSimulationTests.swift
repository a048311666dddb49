import BanRules
import Events
import TestSupport
import Testing

@testable import Pipeline

/// Random lives of a partition against an in-memory log, with the invariants of the contract.
///
/// A step reads some records and then commits, aborts, or loses the owner; a new owner begins from
/// the journal and the group's offset as the real one does. What a `read_committed` reader would
/// see is compared with the truth of the log.
@Suite struct PipelineSimulationTests {
    @Test(arguments: SeededChance.seeds(1...30))
    func `every effect is there exactly once after any schedule`(seed: UInt64) throws {
        var random = SeededChance(seed: seed)
        let log = InputLog(random: &random)
        var world = try World(log: log)
        while world.committed < log.records.count {
            let size = Int.random(in: 1...40, using: &random)
            try world.read(size)
            switch Int.random(in: 0..<10, using: &random) {
            case 0: world.abort()
            case 1: try world.changeOwner()
            case 2:
                try world.commit()
                world.evict(downTo: Int.random(in: 0..<20, using: &random))
            default: try world.commit()
            }
        }
        try world.commit()
        let place = Comment(rawValue: "SEED=\(seed)")
        #expect(world.totals == log.totals, place)
        #expect(world.flagged == log.flagged, place)
        #expect(world.repeatedFlags == 0, place)
        #expect(world.deadLetters == log.poison, place)
        let tally = try #require(world.journal.last).tally
        #expect(tally.isConserved, place)
        #expect(tally.received == log.records.count, place)
        #expect(tally.screened == log.unique, place)
        #expect(tally.duplicate == log.repeats, place)
        #expect(tally.deadLettered == log.poison, place)
    }
}

/// What producers wrote, and what should come of it.
private struct InputLog {
    var records: [String] = []
    var totals: [String: Int64] = [:]
    var flagged: Set<String> = []
    var unique: Int64 = 0
    var repeats: Int64 = 0
    var poison: Int64 = 0

    init(random: inout SeededChance) {
        for number in 0..<Int.random(in: 200...600, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                records.append(#"{"id":"\#(number)""#)
                poison += 1
            case 1 where !records.isEmpty && unique > 0:
                let earlier = records.filter { $0.hasSuffix("}}") }
                guard let record = earlier.randomElement(using: &random) else { continue }
                records.append(record)
                repeats += 1
            default:
                append(number, &random)
            }
        }
    }

    private mutating func append(_ number: Int, _ random: inout SeededChance) {
        let isTarget = Int.random(in: 0..<4, using: &random) == 0
        let day = Int.random(in: 10...28, using: &random)
        let units = Int64.random(in: 1...9, using: &random)
        let app = isTarget ? SampleEvent.alipay : "com.example.a\(number % 3)"
        records.append(
            SampleEvent.download(
                id: "e-\(number)",
                appID: app,
                time: "2021-01-\(day)T12:00:00Z",
                units: units
            )
        )
        totals["2021-01-\(day) \(app)", default: 0] += units
        unique += 1
        if isTarget { flagged.insert("e-\(number)") }
    }
}

/// The broker's side: what is committed; and the owner of the moment.
private struct World: ~Copyable {
    let log: InputLog
    var harness: PipelineHarness
    var partition: InputPartition
    var committed = 0
    var journal: [JournalRecord] = []
    var flagged: Set<String> = []
    var repeatedFlags = 0
    var deadLetters: Int64 = 0
    private var counts: [[UInt8]: DownloadCount] = [:]

    init(log: InputLog) throws {
        self.log = log
        harness = try PipelineHarness()
        partition = harness.partition
    }

    /// The sum over the latest record of each key, as a downstream table would have it.
    var totals: [String: Int64] {
        counts.values.reduce(into: [:]) { totals, count in
            let day = count.dimensions.day
            totals["\(day) \(count.dimensions.appID ?? "")", default: 0] += count.count
        }
    }

    mutating func read(_ size: Int) throws {
        for _ in 0..<size where Int(partition.state.next) < log.records.count {
            let record = Array(log.records[Int(partition.state.next)].utf8)
            unsafe harness.pipeline.take(
                InputRecord(
                    offset: partition.state.next,
                    timestamp: nil,
                    hasKey: false,
                    hasValue: true,
                    hasHeaders: false
                ),
                key: [UInt8]().span.bytes,
                value: record.span.bytes,
                headers: { _ in },
                in: partition
            )
        }
    }

    mutating func commit() throws {
        harness.pipeline.finish([partition])
        for record in WrittenRecord.all(in: harness.pipeline.output) {
            switch record.topic {
            case .downloadCounts: counts[record.key ?? []] = try record.count
            case .deadLetters: deadLetters += 1
            case .flaggedTransactions:
                let id = try record.flag.origin.id
                if !flagged.insert(id).inserted { repeatedFlags += 1 }
            case .appstoreJournal, .paymentJournal: journal.append(try record.journal)
            }
        }
        committed = Int(partition.state.next)
        if partition.state.isTouched { partition.state.commit() }
        harness.pipeline.reset()
    }

    mutating func abort() {
        partition.state.rollback()
        harness.pipeline.reset()
    }

    /// The owner dies in the middle of its batch; the next one restores from the journal.
    mutating func changeOwner() throws {
        var tail = JournalTail()
        for record in journal { tail.append(record) }
        let decision = StartDecision(
            committed: committed == 0 ? nil : Int64(committed),
            journal: tail.last?.next,
            available: 0..<Int64(log.records.count)
        )
        guard case .start(let start) = decision else {
            Issue.record("group and journal disagree: \(decision)")
            return
        }
        harness = try PipelineHarness()
        partition = InputPartition(
            input: .appstoreEvents,
            topic: "appstore-events",
            partition: 0,
            start: start,
            tally: tail.last?.tally ?? JournalRecord.Tally(since: start),
            marks: (
                key: tail.last?.hashKey ?? HashKey(low: 5, high: 6),
                window: tail.window(horizon: 10_000)
            )
        )
    }

    mutating func evict(downTo limit: Int) {
        partition.state.counts.evict(downTo: limit)
    }
}
