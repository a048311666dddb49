import Foundation
import Hummingbird
import HummingbirdTesting
import Kafka
import Logging
import ServiceKit
import Testing

@testable import Ingest

/// The door with a sink of its own and no broker.
private struct Door {
    let sink = RecordingSink()
    let registry = PrometheusRegistry()
    let assembly: IngestAssembly

    init(_ settings: [String: String] = [:], isReady: Bool = true) throws {
        let configuration = try IngestConfiguration(environment: settings)
        let telemetry = Telemetry(logger: Logger(label: "test"), registry: registry)
        assembly = try IngestAssembly(configuration, sink: sink, telemetry: telemetry)
        if isReady { assembly.readiness.met(EventsDoor.sinkCondition) }
    }

    func post(
        _ body: String,
        type: String? = "application/cloudevents+json",
        headers: [(String, String)] = []
    ) async throws -> Answer {
        var fields: HTTPFields = [:]
        fields[.contentType] = type
        for (name, value) in headers { fields[try #require(FieldName(name))] = value }
        return try await call("/v1/events", .post, fields, body)
    }

    func call(
        _ path: String,
        _ method: HTTPRequest.Method,
        _ fields: HTTPFields = [:],
        _ body: String = ""
    ) async throws -> Answer {
        let application = Application(router: assembly.router)
        return try await application.test(.router) { client in
            try await client.execute(
                uri: path,
                method: method,
                headers: fields,
                body: ByteBuffer(string: body)
            ) { response in
                Answer(
                    status: response.status.code,
                    headers: response.headers,
                    body: String(buffer: response.body)
                )
            }
        }
    }
}

private struct Answer {
    var status: Int
    var headers: HTTPFields
    var body: String

    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]) ?? [:]
    }

    var errors: [[String: Any]] { object["errors"] as? [[String: Any]] ?? [] }

    /// Checks that this is a problem that says what it is.
    func expectProblem(_ status: Int, _ kind: Problem.Kind) {
        #expect(self.status == status)
        #expect(headers[.contentType] == "application/problem+json")
        #expect(object["status"] as? Int == status)
        #expect(object["type"] as? String == "urn:cordon:problem:" + kind.rawValue)
        #expect(object["title"] as? String == kind.title)
        #expect((object["detail"] as? String)?.isEmpty == false)
    }
}

private let batchType = "application/cloudevents-batch+json"
private let linesType = "application/x-ndjson"

@Suite(.timeLimit(.minutes(1))) struct EventsDoorTests {
    @Test func `one good event is 202`() async throws {
        let door = try Door()
        let answer = try await door.post(SampleEvents.download())
        #expect(answer.status == 202)
        #expect(answer.body == #"{"accepted":1,"rejected":0,"errors":[]}"#)
        #expect(door.sink.records.map(\.value) == [SampleEvents.download()])
    }

    @Test func `one event that breaks the contract is 422 with its place`() async throws {
        let answer = try await Door().post(SampleEvents.bad(id: "b7"))
        #expect(answer.status == 422)
        #expect(answer.object["accepted"] as? Int == 0)
        #expect(answer.object["rejected"] as? Int == 1)
        #expect(answer.errors.first?["index"] as? Int == 0)
        #expect(answer.errors.first?["id"] as? String == "b7")
        #expect(answer.errors.first?["pointer"] as? String == "/data/country")
        #expect(answer.errors.first?["reason"] as? String == "invalid-value")
        #expect((answer.errors.first?["detail"] as? String)?.isEmpty == false)
    }

    @Test(arguments: ["", "  ", "{", #"{"id":}"#, "nonsense"])
    func `one event that cannot be parsed is 400`(body: String) async throws {
        let door = try Door()
        try await door.post(body).expectProblem(400, .malformed)
        #expect(door.sink.records.isEmpty)
    }

    @Test func `a batch with some bad events is 207 and publishes the good ones`() async throws {
        let door = try Door()
        let events = [
            SampleEvents.download(id: "a"), SampleEvents.bad(id: "b"), SampleEvents.payment(),
        ]
        let answer = try await door.post(
            "[\(events.joined(separator: " ,\n"))]",
            type: batchType
        )
        #expect(answer.status == 207)
        #expect(answer.object["accepted"] as? Int == 2)
        #expect(answer.errors.map { $0["index"] as? Int } == [1])
        #expect(answer.errors.map { $0["id"] as? String } == ["b"])
        #expect(door.sink.records.map(\.value) == [events[0], events[2]])
    }

    @Test func `an empty batch is 202 with nothing in it`() async throws {
        let answer = try await Door().post("[ ]", type: batchType)
        #expect(answer.status == 202)
        #expect(answer.body == #"{"accepted":0,"rejected":0,"errors":[]}"#)
    }

    @Test(arguments: ["{}", "[{]", "[{}", ""])
    func `a batch that is no array is 400`(body: String) async throws {
        try await Door().post(body, type: batchType).expectProblem(400, .malformed)
    }

    @Test func `a batch with an element that is no JSON is 400 and publishes nothing`()
        async throws
    {
        let door = try Door()
        let answer = try await door.post(
            #"[\#(SampleEvents.download()),{"id":}]"#,
            type: batchType
        )
        answer.expectProblem(400, .malformed)
        #expect((answer.errors.first?["pointer"] as? String)?.hasPrefix("/1") == true)
        #expect(door.sink.records.isEmpty)
    }

    @Test func `a bad line is that line's error and blank lines are none`() async throws {
        let door = try Door()
        let lines = ["", SampleEvents.download(id: "a"), "  ", "{nope", SampleEvents.payment(), ""]
        let answer = try await door.post(lines.joined(separator: "\r\n"), type: linesType)
        #expect(answer.status == 207)
        #expect(answer.errors.map { $0["index"] as? Int } == [1])
        #expect(answer.errors.first?["id"] is NSNull)
        #expect(answer.errors.first?["reason"] as? String == "invalid-json")
        #expect(door.sink.records.count == 2)
    }

    @Test func `lines that are all bad are 422`() async throws {
        let answer = try await Door().post("{nope\n[]\n", type: linesType)
        #expect(answer.status == 422)
        #expect(answer.object["rejected"] as? Int == 2)
    }

    @Test func `binary mode becomes a structured event`() async throws {
        let door = try Door()
        let answer = try await door.post(
            #"{"store":"google","appId":"com.a","appName":"支付宝","country":"US"}"#,
            type: "application/json",
            headers: [
                ("ce-specversion", "1.0"), ("ce-id", "b%201"), ("ce-source", "//s"),
                ("ce-type", "cordon.app.download"), ("ce-time", "2020-06-01T00:00:00Z"),
                ("ce-subject", "caf%C3%A9"),
            ]
        )
        #expect(answer.status == 202)
        let record = try #require(door.sink.records.first)
        #expect(record.key == "café")
        let value = try #require(
            try JSONSerialization.jsonObject(with: Data(record.value.utf8)) as? [String: Any]
        )
        #expect(value["id"] as? String == "b 1")
        #expect((value["data"] as? [String: String])?["appName"] == "支付宝")
    }

    @Test func `binary mode without an attribute is 422`() async throws {
        let answer = try await Door().post(
            #"{"store":"google","appId":"com.a","country":"US"}"#,
            type: "application/json",
            headers: [("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "//s")]
        )
        #expect(answer.status == 422)
        #expect(answer.errors.first?["reason"] as? String == "missing-member")
    }

    @Test func `binary data that are no JSON are 400 or 415 by their own word`() async throws {
        let attributes = [("ce-specversion", "1.0"), ("ce-id", "1")]
        try await Door().post("{", type: "application/json", headers: attributes)
            .expectProblem(400, .malformed)
        try await Door().post("x", type: "text/plain", headers: attributes)
            .expectProblem(415, .unsupportedMediaType)
    }

    @Test(arguments: [nil, "text/plain", "application/json", "application/cloudevents+avro"])
    func `another content type is 415`(type: String?) async throws {
        try await Door().post(SampleEvents.download(), type: type)
            .expectProblem(415, .unsupportedMediaType)
    }

    @Test func `trace headers go out with the record`() async throws {
        let door = try Door()
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        _ = try await door.post(
            SampleEvents.download(),
            headers: [("traceparent", parent), ("tracestate", "a=1")]
        )
        let trace = TraceHeaders(parent: parent, state: "a=1")
        #expect(door.sink.records.map(\.headers) == [EventPublisher.headers(trace: trace)])
    }
}

@Suite(.timeLimit(.minutes(1))) struct EventsDoorLimitTests {
    private let token = "0123456789abcdef"

    @Test func `a body over the limit is 413`() async throws {
        let door = try Door(["CORDON_INGEST_HTTP_BODY_LIMIT": "1KiB"])
        try await door.post(String(repeating: " ", count: 1_025)).expectProblem(413, .tooLarge)
        let fitting = SampleEvents.download()
        let padded = fitting + String(repeating: " ", count: 1_024 - fitting.utf8.count)
        #expect(try await door.post(padded).status == 202)
    }

    @Test func `one event over the limit of events is 413`() async throws {
        let name = String(repeating: "x", count: 262_144)
        let event = SampleEvents.download(data: #""appId":"a","note":"\#(name)""#)
        try await Door().post(event).expectProblem(413, .tooLarge)
    }

    @Test func `too many events in one request are 413`() async throws {
        let door = try Door(["CORDON_INGEST_HTTP_EVENT_LIMIT": "2"])
        let three = Array(repeating: SampleEvents.download(), count: 3)
        try await door.post(three.joined(separator: "\n"), type: linesType)
            .expectProblem(413, .tooLarge)
        try await door.post("[\(three.joined(separator: ","))]", type: batchType)
            .expectProblem(413, .tooLarge)
        #expect(door.sink.records.isEmpty)
    }

    @Test func `without a token is 401, with another one 403, with the right one 202`()
        async throws
    {
        let door = try Door(["CORDON_INGEST_HTTP_TOKEN": token])
        let event = SampleEvents.download()
        let missing = try await door.post(event)
        missing.expectProblem(401, .unauthenticated)
        #expect(missing.headers[.wwwAuthenticate] == #"Bearer realm="cordon-ingest""#)
        try await door.post(event, headers: [("authorization", "Basic \(token)")])
            .expectProblem(401, .unauthenticated)
        try await door.post(event, headers: [("authorization", "Bearer 0123456789abcdeF")])
            .expectProblem(403, .forbidden)
        #expect(door.sink.records.isEmpty)
        let answer = try await door.post(event, headers: [("authorization", "bearer \(token)")])
        #expect(answer.status == 202)
    }

    @Test func `a broker that cannot be written to is 503 at once`() async throws {
        let door = try Door(isReady: false)
        let answer = try await door.post(SampleEvents.download())
        answer.expectProblem(503, .unavailable)
        #expect(answer.headers[.retryAfter] == "5")
        #expect(door.sink.records.isEmpty)
    }

    @Test func `a missing acknowledgement is 503 and claims nothing`() async throws {
        let door = try Door()
        door.sink.failDelivery(RecordingSink.away)
        let answer = try await door.post(SampleEvents.download())
        answer.expectProblem(503, .unavailable)
        #expect(answer.headers[.retryAfter] == "5")
        #expect(answer.object["accepted"] == nil)
    }

    @Test func `a full queue is 503`() async throws {
        let door = try Door()
        door.sink.limit(to: 0)
        let answer = try await door.post(SampleEvents.download())
        answer.expectProblem(503, .overloaded)
        #expect(answer.headers[.retryAfter] == "1")
    }

    @Test func `bytes in flight are bounded and given back`() throws {
        let budget = ByteBudget(limit: 10)
        #expect(budget.take(6))
        #expect(!budget.take(5))
        #expect(budget.take(4))
        budget.give(back: 10)
        #expect(budget.inUse == 0)
    }

    @Test func `more in flight than the limit is 503`() async throws {
        let door = try Door([
            "CORDON_INGEST_HTTP_BODY_LIMIT": "2KiB", "CORDON_INGEST_HTTP_IN_FLIGHT_LIMIT": "2KiB",
        ])
        let bodies = BodyReader(limit: 2_048, budget: ByteBudget(limit: 100))
        let request = Request(
            head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"),
            body: RequestBody(buffer: ByteBuffer(repeating: 0x20, count: 101))
        )
        let problem = await #expect(throws: Problem.self) {
            try await bodies.withBody(of: request) { $0.count }
        }
        #expect(problem?.status == .serviceUnavailable)
        #expect(bodies.budget.inUse == 0)
        #expect(try await door.post(SampleEvents.download()).status == 202)
    }

    @Test func `an unknown path is 404`() async throws {
        try await Door().call("/v1/event", .post).expectProblem(404, .notFound)
    }

    @Test func `a known path with another method is 405 and says which`() async throws {
        let answer = try await Door().call("/v1/events", .get)
        answer.expectProblem(405, .methodNotAllowed)
        #expect(answer.headers[.allow] == "POST")
        let other = try await Door().call("/metrics", .post)
        other.expectProblem(405, .methodNotAllowed)
        #expect(other.headers[.allow] == "GET, HEAD")
    }

    @Test func `requests and rejections are counted`() async throws {
        let door = try Door()
        _ = try await door.post(SampleEvents.download())
        _ = try await door.post(SampleEvents.bad())
        _ = try await door.post("{")
        _ = try await door.call("/nowhere", .get)
        let metrics = try await door.call("/metrics", .get).body
        let prefix = "cordon_ingest_http_requests_total"
        #expect(metrics.contains(prefix + #"{route="/v1/events",status="202"} 1"#))
        #expect(metrics.contains(prefix + #"{route="/v1/events",status="422"} 1"#))
        #expect(metrics.contains(prefix + #"{route="/v1/events",status="400"} 1"#))
        #expect(metrics.contains(prefix + #"{route="other",status="404"} 1"#))
        #expect(metrics.contains(#"events_rejected_total{reason="invalid-value"} 1"#))
        #expect(metrics.contains(#"events_rejected_total{reason="invalid-json"} 1"#))
        #expect(metrics.contains("cordon_ingest_http_requests_in_flight 0"))
        #expect(metrics.contains("cordon_ingest_http_in_flight_bytes 0"))
    }
}

@Suite(.timeLimit(.minutes(1))) struct IngestRouterTests {
    @Test func `the description names exactly the routes and methods served`() async throws {
        let door = try Door()
        let answer = try await door.call("/openapi.json", .get)
        #expect(answer.status == 200)
        #expect(answer.object["openapi"] as? String == "3.1.0")
        let paths = try #require(answer.object["paths"] as? [String: [String: Any]])
        let described = Set(
            paths.flatMap { path, operations in
                operations.keys.map { "\($0.uppercased()) \(path)" }
            }
        )
        // HEAD goes wherever GET goes, which a description need not repeat.
        let routes = door.assembly.router.routes.filter { $0.method != .head }
        let served = Set(routes.map { "\($0.method) \($0.path)" })
        #expect(described == served)
        let known = Set(
            IngestRouter.methods.flatMap { path, methods in
                methods.filter { $0 != .head }.map { "\($0) \(path)" }
            }
        )
        #expect(known == served)
    }

    @Test func `every reference of the description leads somewhere`() async throws {
        let text = OpenAPIDocument.text
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        )
        let references = text.matches(of: /"\$ref": "#\/([^"]+)"/).map { String($0.1) }
        #expect(!references.isEmpty)
        for reference in references {
            var node: Any? = root
            for part in reference.split(separator: "/") {
                node = (node as? [String: Any])?[String(part)]
            }
            #expect(node != nil, "\(reference)")
        }
    }

    @Test func `every status of the door is described`() throws {
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.text.utf8))
                as? [String: Any]
        )
        let paths = try #require(root["paths"] as? [String: [String: [String: Any]]])
        let responses = try #require(paths["/v1/events"]?["post"]?["responses"] as? [String: Any])
        #expect(
            Set(responses.keys) == [
                "202", "207", "422", "400", "401", "403", "413", "415", "503",
            ]
        )
    }

    @Test func `readiness follows the broker and recovers`() async throws {
        let door = try Door(isReady: false)
        let probe = SinkProbe(
            sink: door.sink,
            readiness: door.assembly.readiness,
            interval: .seconds(1),
            logger: Logger(label: "test")
        )
        door.sink.breakReachability(RecordingSink.away)
        await probe.look()
        let away = try await door.call("/readyz", .get)
        #expect(away.status == 503)
        #expect(away.body.contains("no answer from broker-1"))
        door.sink.breakReachability(nil)
        await probe.look()
        #expect(try await door.call("/readyz", .get).status == 200)
    }
}
