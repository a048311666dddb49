import TestSupport
import Testing

extension EndToEnd {
    /// The HTTP door of ingest, through curl.
    struct HTTPDoorTests {
        @Test(.timeLimit(.minutes(2)))
        func `all four forms reach their topics before the answer`() async throws {
            let bench = try await Bench()
            let door = try await bench.ingest().ready()

            let one = try await door.post(
                SampleEvents.download(id: "one"),
                type: "application/cloudevents+json"
            )
            #expect(one.status == 202)
            #expect(one.body.contains(#""accepted":1"#))

            let batch = try await door.post(
                "[\(SampleEvents.download(id: "b-1")),\(SampleEvents.payment(id: "b-2"))]",
                type: "application/cloudevents-batch+json"
            )
            #expect(batch.status == 202)

            let lines = try await door.post(
                SampleEvents.download(id: "l-1") + "\n" + SampleEvents.download(id: "l-2") + "\n",
                type: "application/x-ndjson"
            )
            #expect(lines.status == 202)

            let binary = try await door.post(
                SampleEvents.paymentData(),
                type: "application/json",
                headers: [
                    "ce-specversion: 1.0", "ce-id: bin", "ce-source: urn:test:psp",
                    "ce-type: cordon.payment.transaction", "ce-time: 2021-01-20T12:00:00Z",
                ]
            )
            #expect(binary.status == 202)

            // The answers came after the acknowledgements, so there is nothing to wait for.
            let downloads = try await bench.topics.records(of: "appstore-events")
            #expect(Set(downloads.map { $0.member("id") }) == ["one", "b-1", "l-1", "l-2"])
            let payments = try await bench.topics.records(of: "payment-transactions")
            #expect(payments.count == 2)
            #expect(payments.allSatisfy { $0.key == "t-1" })
            #expect(try await door.stop() == 0)
        }

        @Test(.timeLimit(.minutes(2)))
        func `the answer says what was wrong`() async throws {
            let bench = try await Bench()
            let door = try await bench.ingest().ready()
            let good = SampleEvents.download(id: "good")
            let bad = SampleEvents.download(id: "bad", units: "0")

            let some = try await door.post(good + "\n" + bad + "\n", type: "application/x-ndjson")
            #expect(some.status == 207)
            #expect(some.body.contains(#""accepted":1"#) && some.body.contains(#""rejected":1"#))
            #expect(some.body.contains("/data/units"))

            let none = try await door.post(bad, type: "application/cloudevents+json")
            #expect(none.status == 422)

            let broken = try await door.post("{", type: "application/cloudevents+json")
            #expect([400, 422].contains(broken.status))
            let other = try await door.post("<a/>", type: "application/xml")
            #expect(other.status == 415)
            #expect(other.headers["content-type"]?.hasPrefix("application/problem+json") == true)

            #expect(try await door.get("/livez").status == 200)
            #expect(try await door.get("/metrics").body.contains("cordon_ingest_"))
            #expect(try await bench.topics.records(of: "appstore-events").count == 1)
        }

        @Test(.timeLimit(.minutes(2)))
        func `without a broker the door says 503 and when to come back`() async throws {
            let program = try Program(
                "cordon-ingest",
                ["serve"],
                environment: [
                    "CORDON_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1", "CORDON_INGEST_HTTP_PORT": "0",
                ]
            )
            let door = RunningService(program)
            try await waitUntil("the door to listen") { door.port != nil }
            let answer = try await door.post(
                SampleEvents.download(id: "one"),
                type: "application/cloudevents+json"
            )
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] != nil)
            #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true)
            #expect(try await door.get("/readyz").status == 503)
            #expect(try await door.get("/livez").status == 200)
            #expect(try await door.stop() == 0)
        }
    }
}
