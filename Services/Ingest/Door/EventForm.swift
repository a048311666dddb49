import Hummingbird

/// The four ways a request may carry events.
enum EventForm: Equatable {
    /// One event as a JSON object.
    case structured
    /// A JSON array of events.
    case batch
    /// One event a line.
    case lines
    /// Attributes in `ce-*` headers, the data in the body.
    case binary

    /// The media types taken, as `Accept-Post` lists them.
    static let accepted =
        "application/cloudevents+json, application/cloudevents-batch+json, application/x-ndjson, "
        + "application/json"

    /// Reads the form from a request's headers.
    ///
    /// - Throws: a 415 that says what is taken.
    static func of(_ headers: HTTPFields) throws(Problem) -> EventForm {
        if let coding = headers[.contentEncoding], coding.lowercased() != "identity" {
            throw refusal("the body must not be encoded, but is \(coding)")
        }
        let isBinary = headers.contains { $0.name.canonicalName.hasPrefix("ce-") }
        guard let text = headers[.contentType] else {
            if isBinary { return .binary }
            throw refusal("there is no content-type")
        }
        let type = MediaTypeText(text)
        if let charset = type.charset, charset != "utf-8", charset != "us-ascii" {
            throw refusal("the charset must be utf-8, but is \(charset)")
        }
        switch type.essence {
        case "application/cloudevents+json", "application/cloudevents": return .structured
        case "application/cloudevents-batch+json", "application/cloudevents-batch": return .batch
        case let other where other.hasPrefix("application/cloudevents"):
            throw refusal("\(other) is no JSON")
        case _ where isBinary: return .binary
        case "application/x-ndjson", "application/ndjson", "application/jsonl": return .lines
        default: throw refusal("\(type.essence) is not one of them, and there are no ce-* headers")
        }
    }

    private static func refusal(_ detail: String) -> Problem {
        var headers: HTTPFields = [:]
        if let name = FieldName("Accept-Post") { headers[name] = accepted }
        return Problem(
            kind: .unsupportedMediaType,
            status: .unsupportedMediaType,
            detail: "\(detail); send one of \(accepted), the last one with ce-* headers",
            headers: headers
        )
    }
}

/// The name of a header.
typealias FieldName = HTTPFields.Element.Name

/// A media type as a header writes it.
private struct MediaTypeText {
    let essence: String
    let charset: String?

    init(_ text: String) {
        let parts = text.split(separator: ";").map { Self.trimmed($0).lowercased() }
        essence = parts.first ?? ""
        charset = parts.dropFirst().first { $0.hasPrefix("charset=") }
            .map { $0.dropFirst("charset=".count).filter { $0 != "\"" } }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
