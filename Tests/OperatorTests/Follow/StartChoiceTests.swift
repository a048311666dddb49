import ArgumentParser
import Events
import Kafka
import ServiceKit
import Testing

@testable import Operator

@Suite struct StartChoiceTests {
    private let partitions = (0..<3).map { TopicPartition(topic: "t", partition: $0) }

    @Test func `words, times and offsets are told apart`() throws {
        let noon = try #require(Timestamp(rfc3339: "2021-01-05T12:00:00Z"))
        #expect(try StartChoice(argument: "beginning") == .beginning)
        #expect(try StartChoice(argument: "now") == .now)
        #expect(try StartChoice(argument: "2021-01-05T07:00:00-05:00") == .time(noon))
        #expect(
            try StartChoice(argument: "2021-01-05")
                == .time(try #require(Day("2021-01-05")).start)
        )
        #expect(try StartChoice(argument: "2:17,0:5") == .offsets([2: 17, 0: 5]))
    }

    @Test(arguments: ["", "end", "0", "0:", ":5", "0:-1", "0:1,0:2", "0:1,", "2021-02-30", "0:1:2"])
    func `anything else is bad usage`(text: String) {
        #expect(throws: ValidationError.self) { try StartChoice(argument: text) }
    }

    @Test func `every partition starts there, but for offsets, which name theirs`() throws {
        let time = StartChoice.time(Timestamp(microseconds: 5_000))
        #expect(
            try StartChoice.beginning.positions(partitions).map(\.1) == [
                .earliest, .earliest, .earliest,
            ]
        )
        #expect(try StartChoice.now.positions(partitions).map(\.1) == [.latest, .latest, .latest])
        #expect(
            try time.positions(partitions).map(\.1) == [
                .timestamp(5), .timestamp(5), .timestamp(5),
            ]
        )
        let some = try StartChoice.offsets([2: 17]).positions(partitions)
        #expect(some.map(\.0.partition) == [2])
        #expect(some.map(\.1) == [.offset(17)])
    }

    @Test func `an offset of a partition that is not there is bad usage`() {
        let failure = #expect(throws: ToolFailure.self) {
            try StartChoice.offsets([3: 0]).positions(partitions)
        }
        #expect(failure?.exit == .usage)
    }
}
