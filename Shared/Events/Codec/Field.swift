/// A known member as the JSON pass found it, before the event's type says what it should be.
struct Field: BitwiseCopyable {
    /// The first byte of the value; of a text, the one behind the quote.
    var start: UInt32 = 0
    /// The byte behind the value; of a text, the closing quote.
    var end: UInt32 = 0
    var kind = JSONKind.null
    var traits: JSONLexer.Traits = []

    /// Nothing, until a member is found.
    init() {}

    init(_ kind: JSONKind, _ start: Int, _ end: Int, traits: JSONLexer.Traits = []) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.kind = kind
        self.traits = traits
    }

    var bounds: Range<Int> { Int(start)..<Int(end) }
}

/// The fields of all known members, in memory of their own: an array in place would be copied
/// whenever the scanner that holds it is lent.
@safe
struct FieldTable: ~Copyable {
    private let fields: UnsafeMutablePointer<Field>

    init() {
        unsafe fields = .allocate(capacity: Member.allCases.count)
        unsafe fields.initialize(repeating: Field(), count: Member.allCases.count)
    }

    deinit {
        unsafe fields.deallocate()
    }

    subscript(member: Member) -> Field {
        @inline(__always) get { unsafe fields[Int(member.rawValue)] }
        @inline(__always) set { unsafe fields[Int(member.rawValue)] = newValue }
    }
}

/// The JSON type of a value.
enum JSONKind: UInt8, BitwiseCopyable {
    case null, bool, number, text, array, object

    /// The type of the value that begins with that byte.
    init(leading byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): self = .text
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "n"): self = .null
        default: self = .number
        }
    }

    /// The type's name, for a person.
    var words: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .number: "a number"
        case .text: "a text"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
