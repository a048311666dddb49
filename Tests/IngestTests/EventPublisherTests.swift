import Events
import Kafka
import ServiceKit
import Testing

@testable import Ingest

@Suite struct EventPublisherTests {
    private let sink = RecordingSink()
    private let registry = PrometheusRegistry()
    private var publisher: EventPublisher {
        EventPublisher(sink: sink, metrics: IngestMetrics(registry))
    }

    private func read(_ text: String, as form: EventForm = .lines) throws -> EventBundle {
        try EventBundle.read(Array(text.utf8), as: form, eventLimit: 100)
    }

    @Test(arguments: [
        ("", "com.example.a"),
        (#""subject":"s","#, "s"),
        (#""subject":"s","partitionkey":"k","#, "k"),
        (#""partitionkey":"a\u00e9\n","#.replacing("\\n", with: ""), "aé"),
    ])
    func `an app event's key is its partition key, else its subject, else its app`(
        attributes: String,
        key: String
    ) async throws {
        let text = SampleEvents.download(attributes: attributes)
        try await publisher.publish(
            try read(text),
            of: Array(text.utf8),
            headers: EventPublisher.headers()
        )
        #expect(sink.records.map(\.key) == [key])
        #expect(sink.records.map(\.topic) == [.appstoreEvents])
    }

    @Test func `an app event without a bundle id goes by the store's id`() async throws {
        let text = SampleEvents.download(data: #""storeAppId":"333206289""#)
        try await publisher.publish(
            try read(text),
            of: Array(text.utf8),
            headers: EventPublisher.headers()
        )
        #expect(sink.records.map(\.key) == ["333206289"])
    }

    @Test func `a payment goes to its own topic by its transaction`() async throws {
        let text = SampleEvents.payment()
        try await publisher.publish(
            try read(text),
            of: Array(text.utf8),
            headers: EventPublisher.headers()
        )
        #expect(sink.records.map(\.key) == ["tx-9"])
        #expect(sink.records.map(\.topic) == [.paymentTransactions])
    }

    @Test func `the value is the event byte for byte, without the space around it`() async throws {
        let event = SampleEvents.download().replacing(":{", with: " :\t{ ")
        let text = " \t\(event)  \n\n\(SampleEvents.payment())"
        let bundle = try read(text)
        try await publisher.publish(
            bundle,
            of: Array(text.utf8),
            headers: EventPublisher.headers()
        )
        #expect(sink.records.map(\.value) == [event, SampleEvents.payment()])
    }

    @Test func `records carry the content type and the trace`() async throws {
        let text = SampleEvents.download()
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let trace = TraceHeaders(parent: parent, state: "vendor=1")
        try await publisher.publish(
            try read(text),
            of: Array(text.utf8),
            headers: EventPublisher.headers(trace: trace)
        )
        var expected = RecordHeaders()
        expected.append("content-type", "application/cloudevents+json; charset=UTF-8")
        expected.append("traceparent", parent)
        expected.append("tracestate", "vendor=1")
        #expect(sink.records.map(\.headers) == [expected])
    }

    @Test(arguments: [
        nil, "", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
    ])
    func `a trace that is none is not passed on`(parent: String?) {
        #expect(TraceHeaders(parent: parent, state: "a=b") == nil)
    }

    @Test func `a full queue claims nothing and counts nothing as accepted`() async throws {
        sink.limit(to: 1)
        let text = SampleEvents.download() + "\n" + SampleEvents.payment()
        await #expect(throws: PublishFailure.queueFull) {
            try await publisher.publish(
                try read(text),
                of: Array(text.utf8),
                headers: EventPublisher.headers()
            )
        }
        #expect(registry.exposition().contains(#"accepted_total{topic="appstore-events"} 0"#))
    }

    @Test func `an event that is not acknowledged claims nothing`() async throws {
        sink.failDelivery(RecordingSink.away)
        let text = SampleEvents.download()
        await #expect(throws: PublishFailure.kafka(RecordingSink.away)) {
            try await publisher.publish(
                try read(text),
                of: Array(text.utf8),
                headers: EventPublisher.headers()
            )
        }
    }

    @Test func `accepted events are counted by topic`() async throws {
        let text = [SampleEvents.download(), SampleEvents.payment(), SampleEvents.download()]
            .joined(separator: "\n")
        try await publisher.publish(
            try read(text),
            of: Array(text.utf8),
            headers: EventPublisher.headers()
        )
        let metrics = registry.exposition()
        #expect(metrics.contains(#"events_accepted_total{topic="appstore-events"} 2"#))
        #expect(metrics.contains(#"events_accepted_total{topic="payment-transactions"} 1"#))
    }
}
