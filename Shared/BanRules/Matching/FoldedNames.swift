/// Folded forms of names that are not ASCII, remembered while they fit.
///
/// Folding such a name allocates and takes microseconds, and a stream repeats the same names. The
/// cache has a fixed number of slots and takes short names only, so its memory is bounded however
/// many names there are: `slotCount` names of `byteLimit` bytes, and their folded forms.
struct FoldedNames {
    static let slotCount = 256
    static let byteLimit = 256

    private struct Slot {
        var raw: [UInt8] = []
        var folded: [UInt8] = []
    }

    private var slots = [Slot](repeating: Slot(), count: slotCount)

    /// The folded form of a name.
    mutating func folded(_ text: RawSpan) -> [UInt8] {
        guard text.byteCount <= Self.byteLimit else { return Self.fold(text) }
        let hash = KeyHash.exact(text).finished(.name)
        let place = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
        if !Self.equals(text, slots[place].raw) {
            slots[place] = Slot(raw: text.copied(), folded: Self.fold(text))
        }
        return slots[place].folded
    }

    private static func fold(_ text: RawSpan) -> [UInt8] {
        NameFolding.fold(String(decoding: text.copied(), as: UTF8.self))
    }

    private static func equals(_ text: RawSpan, _ bytes: [UInt8]) -> Bool {
        guard text.byteCount == bytes.count else { return false }
        for offset in bytes.indices where text.octet(offset) != bytes[offset] { return false }
        return true
    }
}
