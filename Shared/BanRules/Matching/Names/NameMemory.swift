/// Names that met no target, remembered while they fit.
///
/// Folding a name and looking for what resembles it takes a microsecond, and a stream repeats the
/// same names. A fixed number of slots takes short names only, so the memory is bounded however
/// many names there are. A name is compared byte by byte: nobody can aim at a collision to have a
/// name passed over.
struct NameMemory {
    static let slotCount = 16_384
    static let byteLimit = 63

    /// For each slot: the role and the length in one byte each, then the name.
    private static let stride = 2 + byteLimit
    private var bytes = [UInt8](repeating: 0, count: slotCount * stride)

    /// The slot of a name in a role; nil if the name is too long or empty.
    @inline(__always)
    func slot(of text: RawSpan, _ role: UInt8) -> Int? {
        guard text.byteCount <= Self.byteLimit, text.byteCount > 0 else { return nil }
        var hash = KeyHash()
        for offset in 0..<text.byteCount { hash.absorb(text.octet(offset)) }
        let mixed = hash.finished(.name)
        return (Int(truncatingIfNeeded: mixed) & (Self.slotCount - 1)) * Self.stride
    }

    /// Whether the slot holds the name in the role.
    @inline(__always)
    func holds(_ text: RawSpan, _ role: UInt8, at slot: Int) -> Bool {
        guard bytes[slot] == role, Int(bytes[slot + 1]) == text.byteCount else { return false }
        for offset in 0..<text.byteCount where bytes[slot + 2 + offset] != text.octet(offset) {
            return false
        }
        return true
    }

    /// Puts the name into the slot in place of what is there.
    mutating func remember(_ text: RawSpan, _ role: UInt8, at slot: Int) {
        bytes[slot] = role
        bytes[slot + 1] = UInt8(text.byteCount)
        for offset in 0..<text.byteCount { bytes[slot + 2 + offset] = text.octet(offset) }
    }
}
