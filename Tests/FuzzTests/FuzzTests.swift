import BanRules
import Events
import Foundation
import Testing

@testable import Ingest
@testable import Pipeline

/// Nothing that can arrive stops or crashes a program: broken inputs by the thousand.
///
/// `CORDON_FUZZ_INPUTS` makes more of them for each test, `CORDON_FUZZ_SEED` others.
struct FuzzTests {
    private static let inputs = setting("CORDON_FUZZ_INPUTS") ?? 20_000
    private static let seed = UInt64(setting("CORDON_FUZZ_SEED") ?? 1)

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(arguments: InputTopic.allCases)
    func `whatever a record holds, it is screened, repeated or refused`(_ input: InputTopic)
        throws
    {
        var mutator = try Mutator(seed: Self.seed, folder: "records")
        var pipeline = ScreeningPipeline(rules: RuleIndex(try .shipped()))
        let partition = Self.partition(input)
        var headers: [(name: [UInt8], value: [UInt8])] = []
        for round in 0..<Self.inputs {
            let value = mutator.next()
            headers = mutator.number(below: 3) == 0 ? Self.headers(&mutator) : []
            unsafe pipeline.take(
                InputRecord(
                    offset: partition.state.next + Int64(mutator.number(below: 3)),
                    timestamp: nil,
                    hasKey: false,
                    hasValue: mutator.number(below: 50) > 0,
                    hasHeaders: !headers.isEmpty
                ),
                key: [UInt8]().span.bytes,
                value: value.span.bytes,
                headers: { visit in
                    for header in headers {
                        unsafe visit(header.name.span.bytes, header.value.span.bytes)
                    }
                },
                in: partition
            )
            guard partition.state.tally.isConserved else {
                Issue.record("input \(round) of seed \(Self.seed) was lost")
                return
            }
            if round % 500 == 499 { try Self.commit(&pipeline, partition) }
        }
        #expect(partition.state.tally.received == Int64(Self.inputs))
        #expect(partition.state.tally.screened > 0 && partition.state.tally.deadLettered > 0)
    }

    @Test func `whatever a request holds, each event is accepted or refused`() throws {
        var bodies = try Mutator(seed: Self.seed, folder: "bodies")
        var events = try Mutator(seed: Self.seed &+ 1, folder: "records")
        var scanner = EventScanner()
        var accepted = 0
        for round in 0..<Self.inputs / 4 {
            let isSingle = round % 3 == 0
            let body = isSingle ? events.next() : bodies.next()
            let form: EventForm = isSingle ? .structured : round % 3 == 1 ? .batch : .lines
            do throws(Unreadable) {
                let bundle = try EventBundle.read(body, as: form, eventLimit: 100)
                for event in bundle.outgoing {
                    accepted += 1
                    let value = Array(body[event.value])
                    guard (unsafe try? scanner.scan(value.span.bytes)) != nil else {
                        Issue.record("input \(round) of seed \(Self.seed): accepted, not valid")
                        return
                    }
                }
            } catch {
                guard !error.problem.detail.isEmpty else {
                    Issue.record("input \(round) of seed \(Self.seed): refused without a word")
                    return
                }
            }
        }
        #expect(accepted > 0)
    }

    @Test func `whatever a directive holds, it is loaded or its mistakes are located`() throws {
        var mutator = try Mutator(seed: Self.seed, folder: "rules")
        var loaded = 0
        var refused = 0
        for round in 0..<Self.inputs / 40 {
            let file = RuleFiles.File(name: "rules.yaml", bytes: mutator.next())
            do throws(RuleProblems) {
                let ruleSet = try RuleSet(RuleFiles([file]))
                // What loads says the same when it is read back.
                let json = RuleFiles(
                    ruleSet.directives.map { .init(name: $0.id, bytes: $0.canonicalJSON) }
                )
                let again = try RuleSet(json)
                guard again.digest == ruleSet.digest else {
                    Issue.record("input \(round) of seed \(Self.seed) reads back as another set")
                    return
                }
                _ = ruleSet.failures()
                loaded += 1
            } catch {
                refused += 1
                guard error.problems.allSatisfy({ $0.line > 0 && $0.column > 0 }) else {
                    Issue.record("input \(round) of seed \(Self.seed): a problem without a place")
                    return
                }
            }
        }
        #expect(loaded > 0 && refused > 0)
    }

    // MARK: - Parts

    private static func partition(_ input: InputTopic) -> InputPartition {
        InputPartition(
            input: input,
            topic: input.name,
            partition: 0,
            start: 0,
            tally: JournalRecord.Tally(since: 0),
            marks: (key: HashKey(low: 1, high: 2), window: DedupeWindow(horizon: 1_000))
        )
    }

    private static func headers(_ mutator: inout Mutator) -> [(name: [UInt8], value: [UInt8])] {
        let names = [
            "ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion", "content-type", "ce_",
            "ce_subject", "CE_ID", "traceparent", "ce_é",
        ]
        let values = [
            "1", "urn:x", "cordon.payment.transaction", "2021-01-20T12:00:00Z", "1.0",
            "application/json", "application/cloudevents+json; charset=utf-8", "", "\u{0}", "text",
        ]
        var headers: [(name: [UInt8], value: [UInt8])] = []
        let isWhole = mutator.number(below: 2) == 0
        for index in 0..<(isWhole ? 6 : mutator.number(below: 8)) {
            let name = isWhole ? index : mutator.number(below: names.count)
            let value =
                isWhole && mutator.number(below: 8) > 0
                ? index : mutator.number(below: values.count)
            headers.append((Array(names[name].utf8), Array(values[value].utf8)))
        }
        return headers
    }

    /// Ends a batch; everything written must be readable and small enough for any broker.
    private static func commit(_ pipeline: inout ScreeningPipeline, _ partition: InputPartition)
        throws
    {
        pipeline.finish([partition])
        for record in pipeline.output.records {
            let value = record.value.map { Array(pipeline.output.bytes[$0]) } ?? []
            let limit = record.topic == .deadLetters ? 1_000_000 : 900_000
            #expect(value.count < limit)
            switch record.topic {
            case .flaggedTransactions: _ = unsafe try Flag(value: value.span.bytes)
            case .downloadCounts: _ = unsafe try DownloadCount(value: value.span.bytes)
            case .appstoreJournal, .paymentJournal:
                _ = unsafe try JournalRecord(value: value.span.bytes)
            case .deadLetters: break
            }
        }
        partition.state.commit()
        pipeline.reset()
    }
}
