/// Turns an event in CloudEvents binary mode into the structured form, so that everything behind
/// works on one form.
///
/// Reusable, owned by one thread: `begin`, an `attribute` for each header, `finish`. The result
/// still has to be scanned; a repeated attribute is found there.
public struct BinaryMode: ~Copyable {
    private var writer = JSONWriter(reserving: 1024)

    /// A converter without attributes.
    public init() {}

    /// Forgets the last event.
    public mutating func begin() {
        writer.removeAll(keepingCapacity: true)
        writer.beginObject()
    }

    /// Adds an attribute; a name that is not made of a-z and 0-9 is none and is left out.
    ///
    /// - Parameters:
    ///   - name: the attribute's name without the binding's prefix, such as `id`.
    ///   - value: the attribute's text in UTF-8, percent-decoded where the binding asks for it.
    public mutating func attribute(_ name: RawSpan, _ value: RawSpan) {
        guard Self.isAttributeName(name) else { return }
        writer.key(utf8: name)
        writer.string(utf8: value)
    }

    /// Adds the data and replaces `output` with the event in structured mode.
    ///
    /// - Throws: `empty` without data, `unsupported-content-type` unless the content type is
    ///   absent or JSON, or what is wrong with the JSON of the data, at `/data` or below it.
    public mutating func finish(
        contentType: RawSpan?,
        data: RawSpan,
        into output: inout [UInt8]
    ) throws(Rejection) {
        if let contentType {
            guard MediaType.isJSON(contentType, from: 0, to: contentType.byteCount) else {
                throw Rejection(
                    reason: .unsupportedContentType,
                    pointer: Member.datacontenttype.pointer,
                    detail: "expected JSON, found \"\(Excerpt.text(contentType))\""
                )
            }
            writer.key("datacontenttype")
            writer.string(utf8: contentType)
        }
        try Self.check(data)
        writer.key("data")
        writer.raw(data)
        writer.endObject()
        // The two buffers change places, so that neither is copied and both are used again.
        swap(&writer.bytes, &output)
    }

    /// Data that are more or less than one JSON value could otherwise pose as attributes.
    private static func check(_ data: RawSpan) throws(Rejection) {
        do throws(JSONFault) {
            try JSONLexer.checkWhole(data, depth: 1)
        } catch {
            var rejection = error.rejection(in: data)
            rejection.pointer = Member.data.pointer + rejection.pointer
            throw rejection
        }
    }

    private static func isAttributeName(_ name: RawSpan) -> Bool {
        guard name.byteCount > 0 else { return false }
        for index in 0..<name.byteCount {
            switch name.byte(index) {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            default: return false
            }
        }
        return true
    }
}
