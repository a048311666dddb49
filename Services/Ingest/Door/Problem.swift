import Events
import Hummingbird

/// An answer that is not a report on events: `application/problem+json`, RFC 9457.
struct Problem: Error, Equatable {
    /// The last part of the problem's type.
    enum Kind: String, CaseIterable {
        case malformed
        case unauthenticated
        case forbidden
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case tooLarge = "too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case unavailable
        case overloaded
        case other

        /// One phrase, the same for every problem of the kind.
        var title: String {
            switch self {
            case .malformed: "The body cannot be parsed"
            case .unauthenticated: "A bearer token is required"
            case .forbidden: "The bearer token is not the right one"
            case .notFound: "There is nothing here"
            case .methodNotAllowed: "This path does not take the method"
            case .tooLarge: "The request is too large"
            case .unsupportedMediaType: "The content type is not one of those taken here"
            case .unavailable: "Events cannot be stored now"
            case .overloaded: "Too much is waiting for the broker"
            case .other: "The request could not be answered"
            }
        }
    }

    var kind: Kind
    var status: HTTPResponse.Status
    var detail: String
    var headers: HTTPFields = [:]
    /// Where in the body the fault lies, if it lies in the body.
    var errors: [Rejection] = []

    static let mediaType = "application/problem+json"

    /// Tells the client to come back after so many seconds.
    static func unavailable(_ kind: Kind, _ detail: String, retryAfter seconds: Int) -> Problem {
        Problem(
            kind: kind,
            status: .serviceUnavailable,
            detail: detail,
            headers: [.retryAfter: String(seconds)]
        )
    }

    static func malformed(_ rejection: Rejection) -> Problem {
        Problem(
            kind: .malformed,
            status: .badRequest,
            detail: rejection.detail,
            errors: [rejection]
        )
    }

    /// The answer as it goes out.
    var response: Response {
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
        writer.key("type")
        writer.string("urn:cordon:problem:" + kind.rawValue)
        writer.key("title")
        writer.string(kind.title)
        writer.key("status")
        writer.integer(Int64(status.code))
        writer.key("detail")
        writer.string(detail)
        writeErrors(to: &writer)
        writer.endObject()
        var headers = headers
        headers[.contentType] = Self.mediaType
        return Response(
            status: status,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }

    private func writeErrors(to writer: inout JSONWriter) {
        guard !errors.isEmpty else { return }
        writer.key("errors")
        writer.beginArray()
        for error in errors {
            writer.beginObject()
            writer.key("pointer")
            writer.string(error.pointer)
            writer.key("reason")
            writer.string(error.reason.rawValue)
            writer.key("detail")
            writer.string(error.detail)
            writer.endObject()
        }
        writer.endArray()
    }
}
