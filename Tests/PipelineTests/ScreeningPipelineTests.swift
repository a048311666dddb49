import BanRules
import Events
import Testing

@testable import Pipeline

@Suite struct ScreeningPipelineTests {
    @Test func `an event that no rule meets is counted and leaves only a count and the journal`()
        throws
    {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "1", units: 3))
        let records = harness.commit()
        #expect(records.map(\.topic) == [.downloadCounts, .appstoreJournal])
        #expect(try records[0].count.count == 3)
        let journal = try records[1].journal
        #expect(journal.next == 1)
        #expect(journal.tally.received == 1 && journal.tally.screened == 1)
        #expect(journal.marks.count == 1)
        #expect(records[1].partition == 0)
    }

    @Test func `a flagged download names the record, the law and the rule set`() throws {
        var harness = try PipelineHarness()
        let event = SampleEvent.download(id: "1", appID: SampleEvent.alipay, units: 5)
        harness.take(event)
        let flag = try #require(harness.written(to: .flaggedTransactions).first).flag
        #expect(flag.ruling.target == "alipay")
        #expect(flag.ruling.disposition == "review")
        #expect(flag.ruling.interval.state == "pending")
        #expect(flag.ruling.directive.id == "us-eo-13971")
        #expect(flag.ruling.ruleSetDigest.hasPrefix("sha256:"))
        #expect(flag.origin.offset == 0 && flag.origin.topic == "appstore-events")
        #expect(flag.facts.units == 5)
        #expect(flag.recordedTime?.milliseconds == 1_600_000_000_123)
        #expect(flag.event == Array(event.utf8), "the event is kept byte for byte")
    }

    @Test func `a flag's id is the hash of what makes it the same flag`() throws {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "x-1", appID: SampleEvent.alipay))
        let record = try #require(harness.written(to: .flaggedTransactions).first)
        let flag = try record.flag
        // printf '["urn:test","x-1","us-eo-13971","transactions","alipay"]' | sha256sum
        #expect(flag.ruling.prohibition == "transactions")
        #expect(flag.id == "ff9f580d2830dc1486c885a43e0ee550")
        #expect(record.key == Array(flag.id.utf8))
    }

    @Test func `a repeat has no effect and is counted as one`() throws {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "1", appID: SampleEvent.alipay))
        _ = harness.commit()
        harness.take(SampleEvent.download(id: "1", appID: SampleEvent.alipay))
        let records = harness.commit()
        #expect(records.map(\.topic) == [.appstoreJournal])
        #expect(harness.partition.state.tally.duplicate == 1)
        #expect(try records[0].journal.marks.isEmpty)
    }

    @Test func `an id written with an escape is the same id`() throws {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "a1"))
        harness.take(SampleEvent.download(id: #"\u0061\u0031"#))
        #expect(harness.partition.state.tally.duplicate == 1)
    }

    @Test func `a correction is counted and never flagged`() throws {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "1", appID: SampleEvent.alipay, units: 5))
        harness.take(SampleEvent.download(id: "2", appID: SampleEvent.alipay, units: -2))
        let records = harness.commit()
        #expect(records.filter { $0.topic == .flaggedTransactions }.count == 1)
        #expect(try records.first { $0.topic == .downloadCounts }?.count.count == 3)
    }

    @Test func `a payment is flagged and not counted`() throws {
        var harness = try PipelineHarness(.paymentTransactions)
        harness.take(SampleEvent.payment(id: "1", method: "alipay"))
        let records = harness.commit()
        #expect(records.map(\.topic) == [.flaggedTransactions, .paymentJournal])
        let flag = try records[0].flag
        #expect(flag.facts.amount == "12.50" && flag.facts.currency == "USD")
        #expect(flag.facts.status == "captured" && flag.facts.transactionID == "t-1")
        #expect(flag.facts.units == nil)
    }

    @Test func `an app that no target had is looked up again under other rules`() throws {
        // India's order of 2020, which does not name Alipay.
        let others = RuleFiles.shipped.files.filter { $0.name.contains("in-it-act") }
        var harness = try PipelineHarness(rules: RuleSet(RuleFiles(others)))
        harness.take(SampleEvent.download(id: "1", appID: SampleEvent.alipay))
        harness.take(SampleEvent.download(id: "2", appID: SampleEvent.alipay))
        #expect(harness.written(to: .flaggedTransactions).isEmpty)
        _ = harness.commit()
        harness.pipeline.switchRules(to: RuleIndex(try .shipped()))
        for id in ["3", "4"] {
            harness.take(SampleEvent.download(id: id, appID: SampleEvent.alipay))
        }
        #expect(harness.written(to: .flaggedTransactions).count == 2)
    }

    @Test func `an app that no target has is still flagged by its name`() throws {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "1"))
        harness.take(SampleEvent.download(id: "2"))
        harness.take(
            SampleEvent.download(id: "3")
                .replacing(#""units""#, with: #""appName":"CamScanner","units""#)
        )
        let flags = harness.written(to: .flaggedTransactions)
        #expect(try flags.map { try $0.flag.ruling.target } == ["camscanner"])
    }

    @Test func `a rolled back batch is as if it had not been`() throws {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "1", units: 2))
        _ = harness.commit()
        harness.take(SampleEvent.download(id: "2", units: 40))
        harness.partition.state.rollback()
        harness.pipeline.reset()
        #expect(harness.partition.state.next == 1)
        harness.take(SampleEvent.download(id: "2", units: 40))
        let records = harness.commit()
        #expect(try records.first?.count.count == 42)
        #expect(harness.partition.state.tally.duplicate == 0)
    }

    @Test func `a sum beyond 64 bits dead-letters the event and leaves no seen-mark`() throws {
        var harness = try PipelineHarness()
        let largest = EventLimits.unitsLimit
        for number in 0..<1_024 {
            harness.take(SampleEvent.download(id: "\(number)", units: largest))
        }
        harness.take(SampleEvent.download(id: "last", units: largest))
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.headers[DeadLetter.Header.reason] == "count-overflow")
        #expect(letter.headers[DeadLetter.Header.pointer] == "/data/units")
        #expect(harness.partition.state.window.pendingCount == 1_024)
        #expect(harness.partition.state.tally.isConserved)
    }

    @Test func `an aborted batch of a gap keeps the gap for the next one`() throws {
        var harness = try PipelineHarness()
        harness.pipeline.skipExpired(to: 12, in: harness.partition)
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.headers[DeadLetter.Header.reason] == "expired")
        #expect(letter.headers[DeadLetter.Header.offset] == "0")
        #expect(letter.headers[DeadLetter.Header.endOffset] == "12")
        #expect(harness.partition.state.tally.expired == 12 && harness.partition.state.next == 12)
        harness.partition.state.rollback()
        #expect(harness.partition.state.tally.expired == 0 && harness.partition.state.next == 0)
    }
}
