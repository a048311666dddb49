/// What the codec must know of media types.
enum MediaType {
    private static let jsonNames = NameTable([true, false]) {
        $0 ? "application/json" : "text/json"
    }
    private static let cloudEvents = Array("application/cloudevents".utf8)

    /// The mode of a media type that begins with `application/cloudevents`, nil for others.
    static func cloudEventsFormat(_ text: RawSpan) -> ContentMode? {
        let name = essence(text)
        guard name.starts(with: cloudEvents) else { return nil }
        switch String(decoding: name.dropFirst(cloudEvents.count), as: UTF8.self) {
        case "", "+json": return .structured
        case "-batch", "-batch+json": return .batch
        default: return .unsupported
        }
    }

    /// Whether a media type says JSON: `application/json`, `text/json` or a subtype in `+json`.
    static func isJSON(_ text: RawSpan, from start: Int, to end: Int) -> Bool {
        // What nearly everybody writes is found without a copy.
        if jsonNames.value(text, from: start, to: end) != nil { return true }
        let name = String(decoding: essence(text.extracting(start..<end)), as: UTF8.self)
        if jsonNames.names.contains(name) { return true }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].utf8.count > 5
            && parts[1].hasSuffix("+json")
    }

    /// Type and subtype in lower case, without parameters and white space.
    private static func essence(_ text: RawSpan) -> [UInt8] {
        var name: [UInt8] = []
        for index in 0..<text.byteCount {
            let byte = text.byte(index)
            if byte == UInt8(ascii: ";") { break }
            let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            name.append(isCapital ? byte | 0x20 : byte)
        }
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let start = name.firstIndex { !blank($0) } ?? name.endIndex
        let end = name.lastIndex { !blank($0) }.map { $0 + 1 } ?? start
        return Array(name[start..<end])
    }
}
