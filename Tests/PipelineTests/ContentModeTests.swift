import Events
import Testing

@testable import Pipeline

@Suite struct ContentModeTests {
    private let attributes = [
        ("ce_specversion", "1.0"), ("ce_id", "b-1"), ("ce_source", "urn:test"),
        ("ce_type", "cordon.app.download"), ("ce_time", "2021-01-20T12:00:00Z"),
        ("ce_comexampletag", "kept"), ("content-type", "application/json"),
    ]
    private let data = #"{"store":"google","appId":"com.eg.android.AlipayGphone","country":"US"}"#

    @Test func `a binary-mode record is screened like any other`() throws {
        var harness = try PipelineHarness()
        harness.take(Array(data.utf8), headers: attributes)
        #expect(harness.partition.state.tally.screened == 1)
        let flag = try #require(harness.written(to: .flaggedTransactions).first).flag
        let event = try JSONValue.parse(flag.event)
        #expect(event["comexampletag"] == .string("kept"))
        #expect(event.at(pointer: "/data/store") == .string("google"))
    }

    @Test func `binary and structured mode of one event are repeats of each other`() throws {
        var harness = try PipelineHarness()
        harness.take(Array(data.utf8), headers: attributes)
        harness.take(SampleEvent.download(id: "b-1"))
        #expect(harness.partition.state.tally.duplicate == 1)
    }

    @Test(arguments: ["ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion"])
    func `a binary-mode record without a required attribute is refused at its place`(
        missing: String
    ) throws {
        var harness = try PipelineHarness()
        harness.take(Array(data.utf8), headers: attributes.filter { $0.0 != missing })
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.headers[DeadLetter.Header.reason] == "missing-member")
        #expect(letter.headers[DeadLetter.Header.pointer] == "/" + missing.dropFirst(3))
        #expect(letter.value == Array(data.utf8), "the dead letter is the record as it came")
        #expect(letter.headers["content-type"] == "application/json")
    }

    @Test(arguments: [
        "application/cloudevents+json", "application/cloudevents+json; charset=UTF-8",
        "Application/CloudEvents+JSON", "application/json",
    ])
    func `a whole event is taken under any content type that means JSON`(type: String) throws {
        var harness = try PipelineHarness()
        harness.take(
            Array(SampleEvent.download(id: "1").utf8),
            headers: [("content-type", type)]
        )
        #expect(harness.partition.state.tally.screened == 1)
    }

    @Test(arguments: ["application/cloudevents-batch+json", "application/cloudevents+avro"])
    func `what Kafka's binding does not have is refused by name`(type: String) throws {
        var harness = try PipelineHarness()
        harness.take(Array("[]".utf8), headers: [("content-type", type)])
        let letter = try #require(harness.written(to: .deadLetters).first)
        #expect(letter.headers[DeadLetter.Header.reason] == "unsupported-content-type")
    }

    @Test func `the trace of an event goes on with its flag`() throws {
        var harness = try PipelineHarness()
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        harness.take(
            Array(SampleEvent.download(id: "1", appID: SampleEvent.alipay).utf8),
            headers: [("traceparent", trace), ("tracestate", "a=b"), ("other", "x")]
        )
        let flag = try #require(harness.written(to: .flaggedTransactions).first)
        #expect(flag.headers["traceparent"] == trace && flag.headers["tracestate"] == "a=b")
        #expect(flag.headers["other"] == nil)
        #expect(flag.headers["content-type"] == "application/cloudevents+json; charset=UTF-8")
    }
}
