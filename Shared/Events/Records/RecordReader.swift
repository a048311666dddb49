/// Takes typed members out of one of our own records, naming the member that does not fit.
struct RecordReader {
    private let root: JSONValue
    private let place: String

    init(_ root: JSONValue, at place: String = "") {
        self.root = root
        self.place = place
    }

    func member(_ name: String) throws(Rejection) -> JSONValue {
        guard let value = root[name], value != .null else {
            throw rejection(name, .missingMember, "the member is missing")
        }
        return value
    }

    func object(_ name: String) throws(Rejection) -> RecordReader {
        let value = try member(name)
        guard value.objectValue != nil else {
            throw rejection(name, .wrongType, "an object is expected")
        }
        return RecordReader(value, at: "\(place)/\(name)")
    }

    func objects(_ name: String) throws(Rejection) -> [RecordReader] {
        guard let elements = try member(name).arrayValue else {
            throw rejection(name, .wrongType, "an array is expected")
        }
        return elements.indices.map { index in
            RecordReader(elements[index], at: "\(place)/\(name)/\(index)")
        }
    }

    func text(_ name: String) throws(Rejection) -> String {
        guard let text = try member(name).stringValue else {
            throw rejection(name, .wrongType, "a string is expected")
        }
        return text
    }

    func optionalText(_ name: String) throws(Rejection) -> String? {
        guard let value = root[name], value != .null else { return nil }
        return try text(name)
    }

    func integer(_ name: String) throws(Rejection) -> Int64 {
        guard let number = try member(name).integerValue else {
            throw rejection(name, .wrongType, "an integer of 64 bits is expected")
        }
        return number
    }

    func optionalInteger(_ name: String) throws(Rejection) -> Int64? {
        guard let value = root[name], value != .null else { return nil }
        return try integer(name)
    }

    func int32(_ name: String) throws(Rejection) -> Int32 {
        guard let number = Int32(exactly: try integer(name)) else {
            throw rejection(name, .invalidValue, "an integer of 32 bits is expected")
        }
        return number
    }

    func value<Value>(
        _ name: String,
        _ parse: (String) -> Value?
    ) throws(Rejection) -> Value {
        guard let value = parse(try text(name)) else {
            throw rejection(name, .invalidValue, "the text is not a value of its kind")
        }
        return value
    }

    func optionalValue<Value>(
        _ name: String,
        _ parse: (String) -> Value?
    ) throws(Rejection) -> Value? {
        guard let value = root[name], value != .null else { return nil }
        return try self.value(name, parse)
    }

    func rejection(_ name: String, _ reason: Rejection.Reason, _ detail: String) -> Rejection {
        Rejection(reason: reason, pointer: "\(place)/\(name)", detail: detail)
    }
}

extension JSONWriter {
    mutating func stringOrNull(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    /// Writes a member only when it has a value, so that absent stays absent.
    mutating func member(_ name: StaticString, ifPresent text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }
}
