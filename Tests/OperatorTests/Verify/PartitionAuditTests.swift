import Events
import Testing

@testable import Operator

@Suite struct PartitionAuditTests {
    /// A partition of two transactions: offsets 0 to 4 and 5 to 9, where markers take 4 and 9.
    private func audit(
        kept: Range<Int64> = 0..<12,
        change: (inout [JournalRecord]) -> Void = { _ in }
    ) -> PartitionAudit {
        var first = JournalRecord.Tally(since: 0)
        (first.received, first.screened, first.duplicate, first.deadLettered) = (4, 2, 1, 1)
        var second = first
        (second.received, second.screened, second.expired) = (6, 4, 2)
        var records = [
            record(5, first, marks: 1), record(5, first, marks: 1), record(10, second, marks: 2),
        ]
        change(&records)
        var audit = PartitionAudit(topic: "appstore-events", partition: 0)
        audit.kept = kept
        for record in records { audit.ledger.append(record) }
        audit.begin()
        return audit
    }

    private func record(_ next: Int64, _ tally: JournalRecord.Tally, marks: Int) -> JournalRecord {
        JournalRecord(
            next: next,
            tally: tally,
            ruleSetDigest: next == 5 ? "first" : "second",
            hashKey: HashKey(low: 1, high: 2),
            marks: Array(repeating: Hash128(low: 1, high: UInt64(next)), count: marks)
        )
    }

    private func complete(_ audit: inout PartitionAudit) {
        for offset: Int64 in [0, 1, 2, 3, 7, 8] { audit.sawRecord(at: offset) }
        audit.sawDeadLetter(of: 2)
        audit.sawGap(5..<7)
        audit.sawFlag(at: 3, ruleSetDigest: "first", id: "a", isNew: true)
        audit.sawFlag(at: 7, ruleSetDigest: "second", id: "b", isNew: true)
    }

    @Test func `what adds up leaves no residue`() {
        var audit = audit()
        complete(&audit)
        audit.sawRecord(at: 11)
        #expect(audit.residues == [])
        #expect(audit.figures.flags == 2)
        #expect(audit.figures.waiting == 1)
        #expect(audit.ledger.batches.map(\.marks.count) == [2, 2])
    }

    @Test func `each thing that is missing or twice is named with its offsets`() {
        var audit = audit()
        complete(&audit)
        audit.sawRecord(at: 4)
        audit.sawDeadLetter(of: 2)
        audit.sawDeadLetter(of: 8)
        audit.sawDeadLetter(of: 11)
        audit.sawGap(7..<8)
        audit.sawFlag(at: 3, ruleSetDigest: "first", id: "a", isNew: false)
        audit.sawFlag(at: 3, ruleSetDigest: "second", id: "c", isNew: true)
        audit.sawFlag(at: 11, ruleSetDigest: "second", id: "d", isNew: true)
        #expect(
            audit.residues == [
                "offsets 0 to 4: 5 records on the topic, but 4 received",
                "offsets 5 to 9: 0 records dead-lettered, but 1 on dead-letters",
                "offsets 5 to 9: 2 offsets expired, but the gap records say 3",
                "offset 2 stands on dead-letters twice",
                "offset 11 is a dead letter that no journal record covers",
                "flag a of offset 3 stands twice",
                "flag c of offset 3 names another rule set than its journal record",
                "flag d is of offset 11, which no journal record covers",
            ]
        )
    }

    @Test func `records that retention took are not missed`() {
        var audit = audit(kept: 3..<12)
        audit.sawRecord(at: 3)
        audit.sawRecord(at: 7)
        audit.sawRecord(at: 8)
        audit.sawDeadLetter(of: 2)
        audit.sawGap(5..<7)
        #expect(audit.residues == [])
    }

    @Test func `a journal that contradicts itself is told`() {
        var unbalanced = audit { $0[2].tally.screened += 1 }
        complete(&unbalanced)
        #expect(
            unbalanced.residues == [
                "offsets 5 to 9: received 2 is not screened 3 + duplicate 0 + dead-lettered 0",
                "offsets 5 to 9: 3 events screened, but 2 marks",
            ]
        )
        var backwards = audit { $0[2].next = 3 }
        backwards.sawDeadLetter(of: 2)
        #expect(backwards.residues.first == "the journal goes back from 5 to 3")
        var anew = audit { $0[2].tally.since = 5 }
        complete(&anew)
        #expect(anew.residues == ["the figures begin anew at 5"])
    }

    @Test func `an offset belongs to the transaction around it`() {
        let ledger = audit().ledger
        #expect([0, 4, 5, 9, 10, -1].map { ledger.batch(at: $0) } == [0, 0, 1, 1, nil, nil])
        #expect(JournalLedger().batch(at: 0) == nil)
    }
}
