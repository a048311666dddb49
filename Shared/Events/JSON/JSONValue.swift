/// Any JSON value as a tree, for what is off the hot path.
public indirect enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number that 64 bits hold and that is written without fraction or exponent.
    case integer(Int64)
    /// Any other number, verbatim.
    case number(String)
    /// A text.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object, with its members in the order they stand in.
    case object([Member])

    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// The name, unescaped.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// A member of that name and value.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue {
    /// The member of that name, the last one if there are several; nil if there is none or this
    /// is not an object.
    public subscript(_ name: String) -> JSONValue? {
        objectValue?.last { $0.name == name }?.value
    }

    /// The text, nil if this is none.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The whole number, nil if this is none.
    public var integerValue: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    /// The elements, nil if this is no array.
    public var arrayValue: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members, nil if this is no object.
    public var objectValue: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The truth value, nil if this is none.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// The value that a JSON Pointer (RFC 6901) names, nil if there is none.
    public func at(pointer: String) -> JSONValue? {
        guard !pointer.isEmpty else { return self }
        guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
        var value = self
        for part in pointer.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        ) {
            guard let token = JSONPointer.unescaped(part), let next = value.step(token) else {
                return nil
            }
            value = next
        }
        return value
    }

    private func step(_ token: String) -> JSONValue? {
        guard let elements = arrayValue else { return self[token] }
        // RFC 6901 section 4: digits without a leading zero.
        guard let index = Int(token), index >= 0, String(index) == token else { return nil }
        return index < elements.count ? elements[index] : nil
    }
}

extension JSONValue {
    /// Writes the value compactly, members in their order.
    public func write(to writer: inout JSONWriter) {
        write(to: &writer, sorted: false)
    }

    /// The compact form with the members of each object sorted by the bytes of their names, the
    /// same for every order they may stand in.
    public var canonical: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer, sorted: true)
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter, sorted: Bool) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let number): writer.integer(number)
        case .number(let text): writer.raw(Array(text.utf8))
        case .string(let text): writer.string(text)
        case .array(let elements):
            writer.beginArray()
            for element in elements {
                element.write(to: &writer, sorted: sorted)
            }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in sorted ? Self.inOrder(members) : members {
                writer.key(member.name)
                member.value.write(to: &writer, sorted: sorted)
            }
            writer.endObject()
        }
    }

    private static func inOrder(_ members: [Member]) -> [Member] {
        members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
