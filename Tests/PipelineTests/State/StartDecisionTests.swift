import Testing

@testable import Pipeline

@Suite struct StartDecisionTests {
    @Test(
        arguments: [
            // Neither knows anything: the earliest record there is.
            (nil, nil, 5..<9, StartDecision.start(5)),
            (nil, nil, 0..<0, .start(0)),
            // An empty journal agrees with anything; without the group's offset the journal wins.
            (7, nil, 5..<9, .start(7)),
            (nil, 7, 5..<9, .start(7)),
            (7, 7, 5..<9, .start(7)),
            // The end itself is a fine place to start, the beginning too.
            (9, 9, 5..<9, .start(9)),
            (5, 5, 5..<9, .start(5)),
            // Retention overtook the reader.
            (2, 2, 5..<9, .startAfterGap(lost: 2..<5)),
            (nil, 2, 5..<9, .startAfterGap(lost: 2..<5)),
            (2, nil, 5..<9, .startAfterGap(lost: 2..<5)),
        ] as [(Int64?, Int64?, Range<Int64>, StartDecision)]
    )
    func `a position that both can agree on is taken`(
        committed: Int64?,
        journal: Int64?,
        available: Range<Int64>,
        expected: StartDecision
    ) {
        let decision = StartDecision(
            committed: committed,
            journal: journal,
            available: available
        )
        #expect(decision == expected)
    }

    @Test(arguments: [(10, nil), (nil, 10), (10, 10)] as [(Int64?, Int64?)])
    func `a position beyond the end stops the partition and names the cure`(
        committed: Int64?,
        journal: Int64?
    ) {
        guard
            case .stop(let reason) = StartDecision(
                committed: committed,
                journal: journal,
                available: 5..<9
            )
        else {
            Issue.record("the partition would be read")
            return
        }
        #expect(reason.contains("10"))
        #expect(reason.contains("delete the group's offset"))
    }

    @Test(arguments: [(6, 7), (8, 7), (0, 7)] as [(Int64, Int64)])
    func `a contradiction is asked about again before it stops the partition`(
        committed: Int64,
        journal: Int64
    ) {
        guard
            case .wait(let reason) = StartDecision(
                committed: committed,
                journal: journal,
                available: 5..<9
            )
        else {
            Issue.record("a contradiction went unnoticed")
            return
        }
        #expect(reason.contains("\(committed)") && reason.contains("\(journal)"))
        #expect(reason.contains("set the group's offset back to 7"))
    }
}
