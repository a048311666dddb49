import Testing

@testable import Events

@Suite struct TopicNamesTests {
    @Test func `names are the contract's under a prefix`() {
        let names = TopicNames(prefix: "eu.")
        #expect(
            names.all == [
                "eu.appstore-events", "eu.payment-transactions", "eu.flagged-transactions",
                "eu.download-counts", "eu.appstore-journal", "eu.payment-journal",
                "eu.ban-rules", "eu.dead-letters",
            ]
        )
        #expect(names.screeningGroup == "eu.cordon-screening")
        #expect(TopicNames().screeningGroup == "cordon-screening")
    }

    @Test func `inputs and journals go together`() {
        let names = TopicNames(prefix: "x_")
        #expect(names.input(.appstoreEvents) == names.appstoreEvents)
        #expect(names.input(.paymentTransactions) == names.paymentTransactions)
        #expect(names.journal(.appstoreEvents) == names.appstoreJournal)
        #expect(names.journal(.paymentTransactions) == names.paymentJournal)
        #expect(names.inputTopic(named: "x_appstore-events") == .appstoreEvents)
        #expect(names.inputTopic(named: "appstore-events") == nil)
    }

    @Test(arguments: ["", "a", "team-1.", "A_b-C.9", String(repeating: "p", count: 229)])
    func `a prefix of Kafka's characters is fine`(prefix: String) {
        #expect(TopicNames.problem(inPrefix: prefix) == nil)
    }

    @Test(arguments: ["a b", "a/b", "ä", "a\n", "a:", String(repeating: "p", count: 230)])
    func `another prefix is told`(prefix: String) {
        #expect(TopicNames.problem(inPrefix: prefix) != nil)
    }
}
