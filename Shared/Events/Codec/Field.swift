/// A known member as the JSON pass found it, before the event's type says what it should be.
struct Field: BitwiseCopyable {
    /// The first byte of the value; of a text, the one behind the quote.
    let start: UInt32
    /// The end, and above it the kind and the traits, so that a plain text is its end alone.
    private let word: UInt32

    private static let endBits: UInt32 = 26
    private static let kindBits: UInt32 = 3

    init(_ kind: JSONKind, _ start: Int, _ end: Int, traits: JSONLexer.Traits = []) {
        assert(end >= start && end < 1 << Self.endBits)
        self.start = UInt32(truncatingIfNeeded: start)
        let above = UInt32(traits.rawValue) << Self.kindBits | UInt32(kind.rawValue)
        word = UInt32(truncatingIfNeeded: end) | above << Self.endBits
    }

    /// The byte behind the value; of a text, the closing quote.
    var end: UInt32 { word & (1 << Self.endBits - 1) }

    @inline(__always)
    var kind: JSONKind {
        JSONKind(rawValue: UInt8(word >> Self.endBits & (1 << Self.kindBits - 1))) ?? .null
    }

    var traits: JSONLexer.Traits {
        JSONLexer.Traits(rawValue: UInt8(word >> (Self.endBits + Self.kindBits)))
    }

    /// Whether it is a text without escapes and U+007F.
    @inline(__always)
    var isPlainText: Bool { word >> Self.endBits == 0 }

    /// How long a plain text is, in bytes; of anything else a number beyond every limit.
    @inline(__always)
    var plainLength: UInt32 { word &- start }

    var bounds: Range<Int> { Int(start)..<Int(end) }
}

/// The JSON type of a value; text is 0, see ``Field``.
enum JSONKind: UInt8, BitwiseCopyable {
    case text, null, bool, number, array, object

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
