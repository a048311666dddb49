/// A fixed set of short names and what they stand for, searched by whole words of memory.
///
/// Finds a name of up to 32 bytes without hashing its bytes or making a string.
struct NameTable<Value: BitwiseCopyable & Sendable>: Sendable {
    private struct Slot {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        /// 0 marks a free slot.
        var length = 0
        var value: Value?
    }

    private var slots: [Slot]
    let names: [String]

    private static var slotCount: Int { 64 }
    static var nameByteLimit: Int { 32 }

    /// A table of values under their names; far fewer than 64.
    init(_ values: some Collection<Value>, name: (Value) -> String) {
        precondition(values.count <= Self.slotCount / 2, "the table would be too full to search")
        names = values.map(name)
        slots = Array(repeating: Slot(), count: Self.slotCount)
        for value in values {
            insert(name(value), value)
        }
    }

    private mutating func insert(_ name: String, _ value: Value) {
        let length = name.utf8.count
        precondition(length > 0 && length <= Self.nameByteLimit, "a name has 1 to 32 bytes")
        let words = unsafe Self.words(name.utf8Span.span.bytes, 0, length)
        var place = Self.place(words.0, length)
        while slots[place].length != 0 {
            place = (place + 1) % Self.slotCount
        }
        slots[place] = Slot(words: words, length: length, value: value)
    }

    /// What the name in the bytes from `start` to `end`, which must lie before their end, stands
    /// for; nil if it is not in the table.
    @inline(__always)
    func value(_ bytes: borrowing RawSpan, from start: Int, to end: Int) -> Value? {
        let length = end &- start
        guard length &- 1 < Self.nameByteLimit, length > 0 else { return nil }
        let words = Self.words(bytes, start, length)
        var place = Self.place(words.0, length)
        while true {
            let slot = slots[place]
            if slot.length == length, slot.words == words { return slot.value }
            if slot.length == 0 { return nil }
            place = (place &+ 1) & (Self.slotCount &- 1)
        }
    }

    @inline(__always)
    private static func place(_ first: UInt64, _ length: Int) -> Int {
        let mixed = (first ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 58)
    }

    /// The bytes as words; the last of several overlaps the one before rather than be filled up, a
    /// single one is filled up with zeros.
    @inline(__always)
    private static func words(
        _ bytes: borrowing RawSpan,
        _ start: Int,
        _ length: Int
    ) -> (UInt64, UInt64, UInt64, UInt64) {
        guard length > 8 else { return (bytes.word(start) & mask(length), 0, 0, 0) }
        let first = bytes.wholeWord(start)
        let last = bytes.wholeWord(start &+ length &- 8)
        guard length > 16 else { return (first, last, 0, 0) }
        let second = bytes.wholeWord(start &+ 8)
        guard length > 24 else { return (first, last, second, 0) }
        return (first, last, second, bytes.wholeWord(start &+ 16))
    }

    /// The lowest `count` bytes of a word, all of them from 8 on.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 {
        count >= 8 ? .max : (1 as UInt64) &<< UInt64(truncatingIfNeeded: count &* 8) &- 1
    }
}
