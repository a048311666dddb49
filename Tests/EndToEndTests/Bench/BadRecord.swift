/// A record that cannot be screened, and what its dead letter must say.
struct BadRecord: Sendable {
    var name: String
    var value: [UInt8]?
    var reason: String
    /// JSON Pointer to the place; nil where only the reason matters.
    var pointer: String?
    var headers: KeyValuePairs<String, String> = [:]
    var topic = "appstore-events"

    init(
        _ name: String,
        _ value: [UInt8]?,
        _ reason: String,
        at pointer: String? = nil,
        headers: KeyValuePairs<String, String> = [:],
        on topic: String = "appstore-events"
    ) {
        self.name = name
        self.value = value
        self.reason = reason
        self.pointer = pointer
        self.headers = headers
        self.topic = topic
    }

    static let garbage = (0..<900_000).map { UInt8(truncatingIfNeeded: ($0 &* 7_919) >> 5) }

    static let all: [BadRecord] = [
        .init("malformed JSON", bytes(#"{"specversion":"1.0","id":"#), "invalid-json"),
        .init("not an object", bytes("[1]"), "wrong-type", at: ""),
        .init("an empty value", [], "empty"),
        .init("a tombstone", nil, "tombstone"),
        .init("no id", edited(#""id":"bad","#, ""), "missing-member", at: "/id"),
        .init("no country", edited(#","country":"US""#, ""), "missing-member", at: "/data/country"),
        .init("a day that never was", edited("03-01T", "02-30T"), "invalid-value", at: "/time"),
        .init("units in quotes", edited(":1}", #":"1"}"#), "wrong-type", at: "/data/units"),
        .init("no units", edited(":1}", ":0}"), "invalid-value", at: "/data/units"),
        .init("a country unknown to ISO", edited("US", "QX"), "invalid-value", at: "/data/country"),
        .init("a raw NUL", edited("US", "U\0"), "invalid-json"),
        .init("an escaped NUL", edited("Alipay", #"\u0000"#), "invalid-value", at: "/data/appId"),
        .init("bytes that are not UTF-8", bytes(#"{"id":""#) + [0xFF, 0x22, 0x7D], "invalid-utf8"),
        .init(
            "a member twice",
            edited(#""id":"bad","#, #""id":"bad","id":"b","#),
            "duplicate-member",
            at: "/id"
        ),
        .init("too deep", edited("}}", #","x":\#(nested(40))}}"#), "too-deep"),
        .init(
            "an unknown type",
            edited("app.download", "app.review"),
            "unknown-type",
            at: "/type"
        ),
        .init(
            "an app event among payments",
            bytes(SampleEvents.download(id: "bad")),
            "wrong-topic",
            at: "/type",
            on: "payment-transactions"
        ),
        .init(
            "a payment among app events",
            bytes(SampleEvents.payment(id: "bad")),
            "wrong-topic",
            at: "/type"
        ),
        .init(
            "binary mode without an id",
            bytes(SampleEvents.paymentData()),
            "missing-member",
            at: "/id",
            headers: ["ce_specversion": "1.0", "ce_type": "cordon.payment.transaction"],
            on: "payment-transactions"
        ),
        .init(
            "another format",
            bytes("Obj"),
            "unsupported-content-type",
            headers: ["content-type": "application/cloudevents+avro"]
        ),
        .init("300 KB", bytes(String(repeating: " ", count: 300_000)), "too-large", at: ""),
        .init("900 KB of garbage", garbage, "too-large", at: ""),
    ]

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// A good event with one thing wrong.
    private static func edited(_ old: String, _ new: String) -> [UInt8] {
        bytes(SampleEvents.download(id: "bad").replacing(old, with: new))
    }

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}
