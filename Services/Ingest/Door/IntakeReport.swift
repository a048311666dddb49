import Events
import Hummingbird

/// What became of each event of a request.
struct IntakeReport {
    /// An event that was rejected.
    struct Line {
        var index: Int
        /// The event's id, when it could be read.
        var id: String?
        var rejection: Rejection
    }

    let accepted: Int
    let errors: [Line]

    /// - Parameter bytes: what the bundle was read from.
    init(_ bundle: EventBundle, of bytes: [UInt8]) {
        accepted = bundle.outgoing.count
        let span = unsafe bytes.span.bytes
        errors = bundle.refused.map { refused in
            Line(
                index: refused.index,
                id: Self.id(of: span.extracting(refused.place)),
                rejection: refused.rejection
            )
        }
    }

    /// 202 when all events were accepted, 422 when none was, else 207.
    var status: HTTPResponse.Status {
        if errors.isEmpty { return .accepted }
        return accepted == 0
            ? .unprocessableContent
            : HTTPResponse.Status(code: 207, reasonPhrase: "Multi-Status")
    }

    var response: Response {
        var writer = JSONWriter(reserving: 64 + errors.count * 160)
        writer.beginObject()
        writer.key("accepted")
        writer.integer(Int64(accepted))
        writer.key("rejected")
        writer.integer(Int64(errors.count))
        writer.key("errors")
        writer.beginArray()
        for error in errors { Self.write(error, to: &writer) }
        writer.endArray()
        writer.endObject()
        return Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }

    private static func write(_ line: Line, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("index")
        writer.integer(Int64(line.index))
        writer.key("id")
        if let id = line.id { writer.string(id) } else { writer.null() }
        writer.key("pointer")
        writer.string(line.rejection.pointer)
        writer.key("reason")
        writer.string(line.rejection.reason.rawValue)
        writer.key("detail")
        writer.string(line.rejection.detail)
        writer.endObject()
    }

    /// Reads a rejected event once more, as plain JSON; off the hot path.
    private static func id(of bytes: RawSpan) -> String? {
        guard bytes.byteCount <= EventLimits.eventByteLimit else { return nil }
        return try? JSONValue.parse(bytes)["id"]?.stringValue
    }
}
