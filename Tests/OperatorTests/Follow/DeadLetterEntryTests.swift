import ArgumentParser
import Events
import Kafka
import Testing

@testable import Operator

@Suite struct DeadLetterEntryTests {
    private func entry(
        value: [UInt8] = Array("{\"a\":\u{1B}".utf8),
        _ headers: [String: String] = [:]
    ) -> DeadLetterEntry {
        let whole = [
            DeadLetter.Header.reason: "invalid-json", DeadLetter.Header.pointer: "/data",
            DeadLetter.Header.message: "a value is expected", DeadLetter.Header.stage: "decode",
            DeadLetter.Header.topic: "appstore-events", DeadLetter.Header.partition: "2",
            DeadLetter.Header.offset: "1187",
        ].merging(headers) { _, new in new }
        return DeadLetterEntry(
            RecordInfo(slot: 0, partition: 1, offset: 5, timestamp: 1_609_848_000_000),
            key: "k",
            value: value,
            headers: whole
        )
    }

    @Test func `a line tells time, reason, place, where from, size and beginning`() {
        #expect(
            DeadLetterEntry.sheet([entry()]).table == """
                TIME                  REASON        POINTER  RECORD                  BYTES  HEAD
                2021-01-05T12:00:00Z  invalid-json  /data    appstore-events:2:1187      6  {"a":·

                """
        )
    }

    @Test func `a record that was cut shows the size it had`() {
        let cut = entry(
            value: [UInt8](repeating: 0x78, count: 65_536),
            [DeadLetter.Header.originalSize: "900000", DeadLetter.Header.originalSHA256: "ab"]
        )
        #expect(DeadLetterEntry.sheet([cut]).csv.contains(",900000,"))
        #expect(cut.readableHead.hasSuffix("x…"))
        #expect(cut.page(value: []).contains("bytes        900000, of which 65536 are kept\n"))
    }

    @Test func `a record that nobody of ours wrote is listed at its own place`() {
        let foreign = DeadLetterEntry(
            RecordInfo(slot: 0, partition: 1, offset: 5, hasKey: false),
            key: "",
            value: [0xFF],
            headers: [:]
        )
        #expect(foreign.origin == nil)
        #expect(foreign.time == nil)
        #expect(DeadLetterEntry.sheet([foreign]).csv.contains("dead-letters:1:5,1,\u{FFFD}"))
    }

    @Test func `JSON carries everything that is known`() throws {
        let gap = entry(value: [], [DeadLetter.Header.endOffset: "1200"])
        let json = try JSONValue.parse(Array(gap.json.utf8.dropLast()))
        #expect(json["reason"]?.stringValue == "invalid-json")
        #expect(json.at(pointer: "/record/offset")?.integerValue == 1187)
        #expect(json.at(pointer: "/record/endOffset")?.integerValue == 1200)
        #expect(json.at(pointer: "/deadLetter/partition")?.integerValue == 1)
        #expect(json["time"]?.stringValue == "2021-01-05T12:00:00Z")
    }

    @Test func `filters go by reason and by the topic a record came from`() {
        #expect(DeadLetterFilter().selects(entry()))
        #expect(DeadLetterFilter(reasons: ["invalid-json"]).selects(entry()))
        #expect(!DeadLetterFilter(reasons: ["too-large"]).selects(entry()))
        #expect(DeadLetterFilter(topics: ["appstore-events"]).selects(entry()))
        #expect(!DeadLetterFilter(topics: ["dead-letters"]).selects(entry()))
    }

    @Test func `a dump shows offset, hex and text of every byte`() {
        #expect(
            HexDump.text(Array("Hello, cordon!\n\u{0}\u{7F}".utf8)) == """
                00000000  48 65 6c 6c 6f 2c 20 63 6f 72 64 6f 6e 21 0a 00  Hello, cordon!..
                00000010  7f                                               .

                """
        )
        #expect(HexDump.text([]) == "")
    }

    @Test(arguments: ["", "t", "t:0", "t:0:x", ":0:0", "t:-1:0", "t:0:-1", "t:0:0:0"])
    func `a place needs topic, partition and offset`(text: String) {
        #expect(throws: ValidationError.self) { try DeadLetterEntry.Place(argument: text) }
    }

    @Test func `a place reads back as it is printed`() throws {
        let place = DeadLetterEntry.Place(topic: "a.b", partition: 3, offset: 99)
        #expect(try DeadLetterEntry.Place(argument: place.description) == place)
    }
}
