/// An open-addressing hash table from folded identifiers to numbers of targets.
///
/// Built once, then only read, from any thread. At most half of the slots are taken, so the
/// expected number of probes is a small constant however many keys there are.
struct KeyTable: Sendable {
    private struct Entry {
        var hash: UInt64
        var bytes: Range<Int>
        var values: Range<Int>
        var kind: KeyKind
    }

    /// Entry numbers plus one with the hash's first byte above them, 0 for a free slot; their count
    /// is a power of two.
    ///
    /// The byte spares a look at the entry of nearly every other key: with many keys each such look
    /// waits for memory.
    private var slots: [UInt32]
    private static let numberBits: UInt32 = 24
    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    private var values: [Int32] = []
    /// For each kind the lengths that its keys have, as bits; the last bit is for all from 63 on.
    private var lengths = [UInt64](repeating: 0, count: KeyKind.allCases.count)

    /// A key on its way into the table.
    struct Key: Hashable {
        var kind: KeyKind
        var bytes: [UInt8]
    }

    /// A table of keys with the numbers that each one stands for, in the order given.
    init(_ keys: [(key: Key, values: [Int32])]) {
        var slotCount = 16
        while slotCount < keys.count * 2 { slotCount *= 2 }
        slots = Array(repeating: 0, count: slotCount)
        for (key, values) in keys {
            insert(key, values)
        }
    }

    var keyCount: Int { entries.count }

    private mutating func insert(_ key: Key, _ newValues: [Int32]) {
        let hash = KeyHash.of(key.bytes, key.kind)
        let entry = Entry(
            hash: hash.finished(key.kind),
            bytes: bytes.count..<bytes.count + key.bytes.count,
            values: values.count..<values.count + newValues.count,
            kind: key.kind
        )
        bytes.append(contentsOf: key.bytes)
        values.append(contentsOf: newValues)
        entries.append(entry)
        lengths[Int(key.kind.rawValue)] |= Self.lengthBit(hash.length)
        var place = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
        while slots[place] != 0 {
            place = (place + 1) & (slots.count - 1)
        }
        precondition(entries.count < 1 << Int(Self.numberBits), "too many keys for the slots")
        slots[place] = Self.tag(of: entry.hash) | UInt32(entries.count)
    }

    /// The first byte of a hash, where slots have it.
    @inline(__always)
    private static func tag(of hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> 56) << numberBits
    }

    private static func lengthBit(_ length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }

    /// Whether any key of the kind has the length; asked before the hash is taken.
    @inline(__always)
    func mayHold(_ kind: KeyKind, length: Int) -> Bool {
        lengths[Int(kind.rawValue)] & Self.lengthBit(length) != 0
    }

    /// Where the numbers of a key stand, empty if it is not in the table.
    ///
    /// - Parameters:
    ///   - hash: of the folded bytes.
    ///   - probes: grows by the number of slots looked at.
    ///   - isEqual: whether the folded bytes are those of a key; asked only when the hashes agree.
    @inline(__always)
    func find(
        _ hash: KeyHash,
        _ kind: KeyKind,
        probes: inout Int,
        isEqual: (ArraySlice<UInt8>) -> Bool
    ) -> Range<Int> {
        guard mayHold(kind, length: hash.length) else { return 0..<0 }
        let wanted = hash.finished(kind)
        let tag = Self.tag(of: wanted)
        var place = Int(truncatingIfNeeded: wanted) & (slots.count - 1)
        while true {
            probes &+= 1
            let slot = slots[place]
            guard slot != 0 else { return 0..<0 }
            let number = slot ^ tag
            if number < 1 << Self.numberBits {
                let entry = entries[Int(number) - 1]
                if entry.hash == wanted, entry.kind == kind, isEqual(bytes[entry.bytes]) {
                    return entry.values
                }
            }
            place = (place + 1) & (slots.count - 1)
        }
    }

    /// The number at a place that `find` gave.
    func value(_ place: Int) -> Int { Int(values[place]) }
}
