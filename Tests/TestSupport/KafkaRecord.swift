import Foundation

/// A record as kcat read it: an opinion on what stands on a topic that is independent of ours.
public struct KafkaRecord: Sendable, Decodable {
    /// The topic's full name.
    public var topic: String
    /// Its partition.
    public var partition: Int
    /// Where it stands there.
    public var offset: Int64
    /// Its key; nil for none.
    public var key: String?
    /// Its value; nil for a tombstone, replacement characters for what is not UTF-8.
    public var payload: String?
    private var headers: [String?]?

    /// The value of the first header of that name.
    public func header(_ name: String) -> String? {
        let headers = headers ?? []
        return stride(from: 0, to: headers.count - 1, by: 2).first { headers[$0] == name }
            .flatMap { headers[$0 + 1] }
    }

    /// A member of the value, read as JSON: names joined by dots, such as `data.directive.id`.
    ///
    /// Numbers and booleans come as text; nil if there is no such member.
    public func member(_ path: String) -> String? {
        var value = try? JSONSerialization.jsonObject(with: Data((payload ?? "").utf8))
        for name in path.split(separator: ".") {
            if let elements = value as? [Any], let index = Int(name), index < elements.count {
                value = elements[index]
            } else {
                value = (value as? [String: Any])?[String(name)]
            }
        }
        return value.map { $0 as? String ?? "\($0)" }
    }
}
