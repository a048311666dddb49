import Hummingbird
import Testing

@testable import Ingest

@Suite struct BinaryHeadersTests {
    @Test(arguments: [
        ("plain", "plain"), ("Euro%20%E2%82%AC", "Euro €"), (#""a \"b\" c""#, #"a "b" c"#),
        ("100%", "100%"), ("%zz%2", "%zz%2"), ("%2520", "%20"), (#""%41""#, "A"), (#"""#, #"""#),
        ("", ""), (#""""#, ""),
    ])
    func `header values lose their quotes, then their percent signs, once`(
        value: String,
        text: String
    ) {
        #expect(String(decoding: BinaryHeaders.decoded(value), as: UTF8.self) == text)
    }

    @Test(arguments: [
        ([("content-type", "application/cloudevents+json; charset=UTF-8")], EventForm.structured),
        ([("content-type", "Application/CloudEvents+JSON")], .structured),
        ([("content-type", "application/cloudevents-batch+json")], .batch),
        ([("content-type", "application/x-ndjson;charset=\"utf-8\"")], .lines),
        ([("content-type", "application/json"), ("ce-id", "1")], .binary),
        ([("ce-specversion", "1.0")], .binary),
        ([("content-type", "application/cloudevents+json"), ("ce-id", "1")], .structured),
    ])
    func `the form follows from the headers`(
        fields: [(String, String)],
        form: EventForm
    ) throws {
        #expect(try EventForm.of(try headers(fields)) == form)
    }

    @Test(arguments: [
        [], [("content-type", "application/json")], [("content-type", "text/plain")],
        [("content-type", "application/cloudevents+avro")],
        [("content-type", "application/cloudevents+json; charset=iso-8859-1")],
        [("content-type", "application/x-ndjson"), ("content-encoding", "gzip")],
    ])
    func `other content is refused with the list of what is taken`(
        fields: [(String, String)]
    ) throws {
        let headers = try headers(fields)
        let problem = #expect(throws: Problem.self) { try EventForm.of(headers) }
        #expect(problem?.status == .unsupportedMediaType)
        #expect(problem?.detail.contains("application/x-ndjson") == true)
        #expect(problem?.headers.contains { $0.name.canonicalName == "accept-post" } == true)
    }

    private func headers(_ fields: [(String, String)]) throws -> HTTPFields {
        var headers: HTTPFields = [:]
        for (name, value) in fields { headers[try #require(FieldName(name))] = value }
        return headers
    }
}
