import Testing

@testable import Events

@Suite struct ContentModeTests {
    @Test(
        arguments: [
            (nil, false, .structured), (nil, true, .binary), ("", false, .structured),
            ("application/cloudevents+json", false, .structured),
            ("application/cloudevents+json", true, .structured),
            ("Application/CloudEvents+JSON; charset=UTF-8", false, .structured),
            ("application/cloudevents", false, .structured),
            ("application/cloudevents; charset=utf-8", true, .structured),
            ("application/cloudevents-batch+json", false, .batch),
            ("application/cloudevents-batch", true, .batch),
            ("application/cloudevents+avro", false, .unsupported),
            ("application/cloudevents-batch+avro", false, .unsupported),
            ("application/json", true, .binary), ("application/json", false, .structured),
            ("application/json; charset=utf-8", false, .structured),
            ("text/json", false, .structured), ("application/vnd.shop+json", false, .structured),
            ("text/plain", false, .binary), ("application/xml", true, .binary),
            ("application/+json", false, .binary), ("json", false, .binary),
        ] as [(String?, Bool, ContentMode)]
    )
    func `the content type and the headers say the mode`(
        type: String?,
        hasHeaders: Bool,
        mode: ContentMode
    ) {
        let bytes = Array((type ?? "").utf8)
        let found = unsafe ContentMode.of(
            contentType: type == nil ? nil : bytes.span.bytes,
            hasCloudEventsHeaders: hasHeaders
        )
        #expect(found == mode)
    }
}
