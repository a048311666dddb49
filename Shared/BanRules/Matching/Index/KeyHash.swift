internal import Events

/// A hash of folded bytes: of names made while they are folded (FNV-1a), of ids and codes eight
/// bytes at a time; mixed at the end.
///
/// Speed matters, strength does not: a hit is verified byte by byte, and the keys in the table
/// come from the directives alone, so nobody outside can lengthen its probe sequences.
struct KeyHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    /// How many bytes went in.
    private(set) var length = 0

    @inline(__always)
    mutating func absorb(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        length &+= 1
    }

    /// The hash under a kind; the same bytes of another kind are another key.
    @inline(__always)
    func finished(_ kind: KeyKind) -> UInt64 {
        var mixed = state ^ (UInt64(kind.rawValue) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed &>> 33) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ mixed &>> 33) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ mixed &>> 33
    }

    /// The hash of bytes that are folded already.
    @inline(__always)
    static func folded(_ bytes: some Sequence<UInt8>) -> KeyHash {
        var hash = KeyHash()
        for byte in bytes { hash.absorb(byte) }
        return hash
    }

    /// The hash of an id or a code, ASCII case aside.
    @inline(__always)
    static func exact(_ text: RawSpan) -> KeyHash {
        var hash = KeyHash()
        hash.state = WordHash.caselessHash(text, seed: hash.state)
        hash.length = text.byteCount
        return hash
    }

    /// The hash under which a key of that kind is kept.
    static func of(_ folded: [UInt8], _ kind: KeyKind) -> KeyHash {
        unsafe kind.isExact ? exact(folded.span.bytes) : KeyHash.folded(folded)
    }

    /// The hash of bytes with one of them left out.
    @inline(__always)
    static func folded(_ bytes: [UInt8], without place: Int) -> KeyHash {
        var hash = KeyHash()
        for (offset, byte) in bytes.enumerated() where offset != place { hash.absorb(byte) }
        return hash
    }
}
