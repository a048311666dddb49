import Events
import Testing

@testable import Screening

@Suite struct TopicCheckTests {
    private let topics = TopicNames(prefix: "p.")
    private let counts = [
        "p.appstore-events": 4, "p.payment-transactions": 2, "p.flagged-transactions": 1,
        "p.download-counts": 3, "p.appstore-journal": 4, "p.payment-journal": 2,
        "p.dead-letters": 1,
    ]

    @Test func `all topics with journals as wide as their inputs are well`() {
        #expect(TopicCheck(partitionCounts: counts, topics: topics).problem == nil)
    }

    @Test(arguments: [
        "p.appstore-events", "p.flagged-transactions", "p.payment-journal", "p.dead-letters",
    ])
    func `a missing topic is named with the command that makes it`(missing: String) throws {
        var counts = counts
        counts[missing] = nil
        let problem = try #require(TopicCheck(partitionCounts: counts, topics: topics).problem)
        #expect(problem.contains(missing) && problem.contains("cordon topics create"))
    }

    @Test func `a journal of another width than its input is refused`() throws {
        var counts = counts
        counts["p.payment-journal"] = 1
        let problem = try #require(TopicCheck(partitionCounts: counts, topics: topics).problem)
        #expect(problem.contains("p.payment-journal has 1 partitions"))
        #expect(problem.contains("p.payment-transactions has 2"))
    }
}
