internal import Events

/// Names that met no target, remembered while they fit.
///
/// Folding a name and looking for what resembles it takes a microsecond, and a stream repeats the
/// same names. A fixed number of slots takes short names only, so the memory is bounded however
/// many names there are. A name is compared byte by byte: nobody can aim at a collision to have a
/// name passed over.
struct NameMemory {
    static let slotCount = 16_384
    static let byteLimit = 62

    /// For each slot: the role and the length in one byte each, then the name.
    ///
    /// A slot is one line of the processor's cache. Two side by side are a pair, and a name has the
    /// choice of two pairs: with one, a name in twenty of a memory that is a sixth full would have
    /// no place to stay.
    private static let stride = 2 + byteLimit
    private static let ways = 2
    private var bytes: [UInt8]
    /// Where the first line begins.
    private let start: Int

    init() {
        // One slot more, so that the first one can begin where a line does.
        bytes = [UInt8](repeating: 0, count: (Self.slotCount + 1) * Self.stride)
        let address = unsafe bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
        start = -address & (Self.stride - 1)
    }

    /// Where the pairs of a name begin.
    struct Places {
        fileprivate var first: Int
        fileprivate var second: Int
    }

    /// The places of a name in a role; nil if the name is too long or empty.
    @inline(__always)
    func places(of text: RawSpan, _ role: UInt8) -> Places? {
        guard text.byteCount <= Self.byteLimit, text.byteCount > 0 else { return nil }
        let hash = WordHash.hash(text, seed: UInt64(role))
        return Places(first: pair(hash), second: pair(hash >> 32))
    }

    @inline(__always)
    private func pair(_ hash: UInt64) -> Int {
        let number = Int(truncatingIfNeeded: hash) & (Self.slotCount / Self.ways - 1)
        return start + number * Self.ways * Self.stride
    }

    /// Whether a slot of the name holds it in the role.
    @inline(__always)
    func holds(_ text: RawSpan, _ role: UInt8, at places: Places) -> Bool {
        isHeld(text, role, at: places.first)
            || isHeld(text, role, at: places.first + Self.stride)
            || isHeld(text, role, at: places.second)
            || isHeld(text, role, at: places.second + Self.stride)
    }

    @inline(__always)
    private func isHeld(_ text: RawSpan, _ role: UInt8, at slot: Int) -> Bool {
        guard bytes[slot] == role, Int(bytes[slot + 1]) == text.byteCount else { return false }
        return unsafe text.stands(at: slot + 2, of: bytes.span.bytes)
    }

    /// Puts the name into its first pair if there is room, else into its second one, where what
    /// came first gives way.
    mutating func remember(_ text: RawSpan, _ role: UInt8, at places: Places) {
        // Roles begin with 1: a slot that begins with 0 is free.
        let hasRoom = bytes[places.first + Self.stride] == 0
        let slot = hasRoom ? places.first : places.second
        for offset in slot..<slot + Self.stride {
            bytes[offset + Self.stride] = bytes[offset]
        }
        bytes[slot] = role
        bytes[slot + 1] = UInt8(text.byteCount)
        for offset in 0..<text.byteCount { bytes[slot + 2 + offset] = text.octet(offset) }
    }
}
