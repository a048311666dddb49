import BrokerTools
import TestSupport
import Testing

extension EndToEnd {
    /// Somebody moved an offset, deleted records or made a topic anew: nothing is skipped or told
    /// twice, and what cannot be concluded is said with the cure.
    struct PositionTests {
        @Test(.timeLimit(.minutes(3)))
        func `an offset set back by hand stops its partition until it is put right`() async throws {
            let stage = try await Stage()
            try await stage.send(events: 0..<20)
            try await stage.screen()
            let next = try await stage.next()
            try stage.tools.move(stage.group, on: stage.topic, 0, to: 5)

            let service = try stage.start()
            let reason = try await stage.impediment(of: service)
            #expect(reason.contains("\(stage.topic)/0 is not read"))
            #expect(reason.contains("set the group's offset back to \(next)"))
            // The other topic is read nevertheless.
            try await stage.bench.topics.produce(
                SampleEvents.payment(id: "p"),
                to: "payment-transactions"
            )
            try await waitUntil("the payment to be flagged") {
                try await !stage.bench.topics.records(of: "flagged-transactions").isEmpty
            }
            #expect(try await service.stop() == 0)

            try stage.tools.move(stage.group, on: stage.topic, 0, to: next)
            try await stage.send(events: 20..<25)
            try await stage.screen()
            #expect(try await stage.counted() == 25)
            try await stage.verify()
        }

        @Test(.timeLimit(.minutes(3)))
        func `without the group's offset the journal says where to go on`() async throws {
            let stage = try await Stage()
            try await stage.send(events: 0..<20)
            try await stage.screen()
            try await stage.afterwards {
                try stage.tools.deleteOffset(of: stage.group, on: stage.topic, 0)
            }
            // Repeats too, which only the journal can tell.
            try await stage.send(events: 15..<25)
            try await stage.screen()
            #expect(try await stage.counted() == 25)
            #expect(try await stage.bench.journalEnds(of: "appstore-events")[0]?.duplicate == 5)
            try await stage.verify()
        }

        @Test(.timeLimit(.minutes(3)))
        func `records that retention took unread are counted as expired`() async throws {
            let stage = try await Stage()
            try await stage.send(events: 0..<10)
            try await stage.screen()
            try await stage.send(events: 10..<20)
            let end = try await stage.bench.topics.ends(of: "appstore-events")[0] ?? 0
            let next = try await stage.next()
            try stage.tools.deleteRecords(of: stage.topic, 0, before: end - 4)

            try await stage.screen()
            #expect(try await stage.counted() == 14)
            let journal = try #require(
                try await stage.bench.journalEnds(of: "appstore-events")[0]
            )
            #expect(journal.expired == end - 4 - next)
            #expect(journal.isConserved)
            let gaps = try await stage.bench.topics.records(of: "dead-letters")
            #expect(gaps.count == 1)
            #expect(gaps.first?.payload == nil)
        }

        @Test(.timeLimit(.minutes(3)))
        func `a topic made anew stops its partition until its journal is emptied`() async throws {
            let stage = try await Stage()
            try await stage.send(events: 0..<10)
            try await stage.screen()
            let next = try await stage.next()
            try stage.tools.deleteTopic(stage.topic)
            try await waitUntil("the topic to be made anew", within: .seconds(60)) {
                // Kafka takes its time over deleting one, and refuses the name meanwhile.
                let creation = try Program(
                    "cordon",
                    ["topics", "create", "--partitions", "1"],
                    environment: stage.bench.topics.environment
                )
                return try await creation.exitStatus() == 0
            }
            // Of another day: a count of the same day would have the key of the old one.
            try await stage.send(events: 30..<33, time: "2021-03-02T12:00:00Z")

            let service = try stage.start()
            let reason = try await stage.impediment(of: service)
            #expect(reason.contains("says \(next) but the partition ends at 3"))
            #expect(reason.contains("the topic was recreated or truncated"))
            #expect(try await service.stop() == 0)

            // The cure that it names.
            let journal = "appstore-journal"
            let end = try await stage.bench.topics.ends(of: journal)[0] ?? 0
            try stage.tools.deleteRecords(
                of: stage.bench.topics.name(journal),
                0,
                before: end
            )
            try await stage.afterwards {
                // A group may have forgotten the offsets of a topic that was deleted; that is no
                // error.
                try stage.tools.deleteOffset(of: stage.group, on: stage.topic, 0)
            }
            try await stage.screen()
            #expect(try await stage.counted() == 13)
        }
    }
}

/// Topics of one partition, with what is done to them and what screening makes of it.
private struct Stage {
    let bench: Bench
    let tools: ClusterTools

    init() async throws {
        bench = try await Bench(partitions: 1)
        tools = try ClusterTools(bench.topics.properties)
    }

    var group: String { bench.topics.name("cordon-screening") }
    var topic: String { bench.topics.name("appstore-events") }

    func send(events: Range<Int>, time: String = "2021-03-01T12:00:00Z") async throws {
        for number in events {
            let event = SampleEvents.download(id: "\(number)", time: time)
            try await bench.topics.produce(event, to: "appstore-events")
        }
    }

    func start() throws -> RunningService {
        // The group is to be without members soon after.
        try bench.screening(settings: ["CORDON_KAFKA_SESSION_TIMEOUT_MS": "6000"])
    }

    /// Runs an instance until everything is screened.
    func screen() async throws {
        let service = try start()
        try await bench.waitUntilScreened(by: [service])
        #expect(try await service.stop() == 0)
    }

    /// Does what Kafka refuses as long as the group still has a member.
    func afterwards(_ body: () throws -> Void) async throws {
        var refusal: (any Error)?
        try await waitUntil(
            "the group to be without members; last refusal: \(String(describing: refusal))",
            every: .milliseconds(500)
        ) {
            do {
                try body()
                return true
            } catch {
                refusal = error
                return false
            }
        }
    }

    /// Why an instance is not ready, once it has made up its mind.
    func impediment(of service: RunningService) async throws -> String {
        var words = ""
        try await waitUntil("a partition to be refused", within: .seconds(60)) {
            guard service.port != nil else { return false }
            let answer = try await service.get("/readyz")
            words = answer.body
            return answer.status == 503 && words.contains("is not read")
        }
        return words
    }

    /// Where the journal says that reading goes on.
    func next() async throws -> Int64 {
        try #require(try await bench.journalEnds(of: "appstore-events")[0]).next
    }

    /// The sum of all download counts.
    func counted() async throws -> Int64 {
        try await bench.topics.records(of: "download-counts").latestCounts.values.reduce(0, +)
    }

    func verify() async throws { try await bench.cordon(["verify", "--deep"]) }
}
