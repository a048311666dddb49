/// How a message carries its CloudEvent.
public enum ContentMode: Sendable, Hashable, CaseIterable {
    /// The whole event is one JSON object.
    case structured
    /// The attributes are headers, the body is the data.
    case binary
    /// A JSON array of events; HTTP only.
    case batch
    /// The whole event is in a format other than JSON, such as Avro.
    case unsupported

    /// The mode that a content type and the presence of CloudEvents headers say.
    ///
    /// A body without CloudEvents headers is taken as structured unless its content type says that
    /// it is not JSON: many producers write events in JSON and leave the content type plain.
    public static func of(contentType: RawSpan?, hasCloudEventsHeaders: Bool) -> ContentMode {
        guard let contentType, contentType.byteCount > 0 else {
            return hasCloudEventsHeaders ? .binary : .structured
        }
        if let rest = MediaType.cloudEventsFormat(contentType) {
            return rest
        }
        let plain =
            !hasCloudEventsHeaders
            && MediaType.isJSON(contentType, from: 0, to: contentType.byteCount)
        return plain ? .structured : .binary
    }
}
