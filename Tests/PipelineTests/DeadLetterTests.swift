import Events
import Testing

@testable import Pipeline

@Suite struct DeadLetterTests {
    @Test(arguments: [
        ("{", "invalid-json", "decode"),
        ("", "empty", "decode"),
        ("[]", "wrong-type", "decode"),
        (#"{"specversion":"1.0"}"#, "missing-member", "decode"),
        (SampleEvent.download(id: "1", country: "XX"), "invalid-value", "decode"),
        (SampleEvent.download(id: "1", time: "yesterday"), "invalid-value", "decode"),
        (SampleEvent.payment(id: "1"), "wrong-topic", "route"),
        (
            SampleEvent.download(id: "1").replacing("app.download", with: "app.deleted"),
            "unknown-type", "decode"
        ),
    ])
    func `a record that breaks the contract goes to dead-letters and the stream goes on`(
        value: String,
        reason: String,
        stage: String
    ) throws {
        var harness = try PipelineHarness()
        harness.take(Array(value.utf8), key: Array("k".utf8))
        harness.take(SampleEvent.download(id: "good"))
        let letters = harness.written(to: .deadLetters)
        let letter = try #require(letters.first)
        #expect(letters.count == 1)
        #expect(letter.headers[DeadLetter.Header.reason] == reason)
        #expect(letter.headers[DeadLetter.Header.stage] == stage)
        #expect(letter.headers[DeadLetter.Header.topic] == "appstore-events")
        #expect(letter.headers[DeadLetter.Header.offset] == "0")
        #expect(letter.key == Array("k".utf8))
        #expect(letter.value == Array(value.utf8))
        #expect(harness.partition.state.tally.deadLettered == 1)
        #expect(harness.partition.state.tally.screened == 1)
        #expect(harness.partition.state.tally.isConserved)
    }

    @Test func `a tombstone stays a tombstone`() throws {
        var harness = try PipelineHarness()
        harness.take(nil, key: Array("k".utf8))
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.headers[DeadLetter.Header.reason] == "tombstone")
        #expect(letter.value == nil && letter.key == Array("k".utf8))
    }

    @Test func `an event over the limit is carried whole while a record can bear it`() throws {
        var harness = try PipelineHarness()
        let value = [UInt8](repeating: 0x78, count: EventLimits.eventByteLimit + 1)
        harness.take(value)
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.headers[DeadLetter.Header.reason] == "too-large")
        #expect(letter.value == value)
        #expect(letter.headers[DeadLetter.Header.originalSize] == nil)
    }

    @Test func `a record too large to be carried whole goes as its head with size and hash`() throws
    {
        var harness = try PipelineHarness()
        harness.take([UInt8](repeating: 0x61, count: 1_000_000), key: Array("k".utf8))
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.value?.count == EventLimits.deadLetterHeadByteLimit)
        #expect(letter.headers[DeadLetter.Header.originalSize] == "1000000")
        // printf 'a%.0s' {1..1000000} | sha256sum, the third test vector of FIPS 180-2
        #expect(
            letter.headers[DeadLetter.Header.originalSHA256]
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    @Test func `a huge key or huge headers cannot make a transaction impossible`() throws {
        var harness = try PipelineHarness()
        harness.take(
            Array("{".utf8),
            key: [UInt8](repeating: 0x6B, count: 900_000),
            headers: [("note", String(repeating: "h", count: 100_000))]
        )
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.key?.count == EventLimits.deadLetterHeadByteLimit)
        #expect(letter.headers["note"] == nil)
        #expect(letter.headers[DeadLetter.Header.originalSize] == "1")
    }

    @Test func `the record's own headers go along`() throws {
        var harness = try PipelineHarness()
        harness.take(Array("{".utf8), headers: [("traceparent", "00-aa"), ("x", "y")])
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.headers["traceparent"] == "00-aa" && letter.headers["x"] == "y")
    }

    @Test func `a refused record leaves no seen-mark`() throws {
        var harness = try PipelineHarness()
        harness.take(SampleEvent.download(id: "1", country: "XX"))
        harness.take(SampleEvent.download(id: "1", country: "US"))
        #expect(harness.partition.state.tally.screened == 1)
        #expect(harness.partition.state.tally.duplicate == 0)
    }
}
