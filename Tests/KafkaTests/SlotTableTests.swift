import Testing

@testable import Kafka

@Suite struct `Slot table` {
    private static let names = [1: "a", 2: "b", 3: "gone"]

    private func pointer(_ number: Int) throws -> OpaquePointer {
        try #require(OpaquePointer(bitPattern: number))
    }

    private func slot(_ table: inout SlotTable, _ topic: Int, _ partition: Int32) throws -> Int? {
        table.slot(topic: try pointer(topic), partition: partition) {
            Self.names[Int(bitPattern: $0)] ?? ""
        }
    }

    @Test func `slots are positions in the array, whatever its order`() throws {
        var table = SlotTable([
            TopicPartition(topic: "b", partition: 7), TopicPartition(topic: "a", partition: 0),
            TopicPartition(topic: "b", partition: 0),
        ])
        #expect(try slot(&table, 2, 7) == 0)
        #expect(try slot(&table, 1, 0) == 1)
        #expect(try slot(&table, 2, 0) == 2)
        #expect(try slot(&table, 2, 7) == 0)
    }

    @Test(arguments: [(1, 1), (2, 3), (2, -1), (2, 8), (3, 0), (4, 0)] as [(Int, Int32)])
    func `a partition that is not ours has no slot`(topic: Int, partition: Int32) throws {
        var table = SlotTable([
            TopicPartition(topic: "b", partition: 7), TopicPartition(topic: "a", partition: 0),
        ])
        #expect(try slot(&table, topic, partition) == nil)
    }

    @Test func `the last answer is not given for another partition`() throws {
        var table = SlotTable([TopicPartition(topic: "a", partition: 0)])
        #expect(try slot(&table, 1, 0) == 0)
        #expect(try slot(&table, 1, 1) == nil)
        #expect(try slot(&table, 2, 0) == nil)
        #expect(try slot(&table, 1, 0) == 0)
    }

    @Test func `a topic that came back under another handle is found by its name`() throws {
        var table = SlotTable([TopicPartition(topic: "a", partition: 0)])
        #expect(try slot(&table, 1, 0) == 0)
        let again = table.slot(topic: try pointer(99), partition: 0) { _ in "a" }
        #expect(again == 0)
    }
}
