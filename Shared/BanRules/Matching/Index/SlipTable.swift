/// Finds names that a text is at most one letter away from, in a time that does not grow with the
/// number of names.
///
/// Every name stands in the table under its skeleton and under each form of it with one letter left
/// out; a text is looked up in the same forms. Two skeletons that differ by one letter, or by two
/// neighbours swapped, meet in one of them. What is found is a candidate that has to be compared.
///
/// Eight bytes a slot, about twenty slots a name; built once, then only read, from any thread.
struct SlipTable: Sendable {
    /// The upper half of the hash and the number of the name plus one; 0 for a free slot.
    private var slots: [UInt64]

    init(_ aliases: [Alias]) {
        let forms = aliases.reduce(0) { $0 + 1 + ($1.forgivesSlips ? $1.skeleton.count : 0) }
        var slotCount = 16
        while slotCount < forms * 2 { slotCount *= 2 }
        slots = Array(repeating: 0, count: slotCount)
        for (number, alias) in aliases.enumerated() {
            insert(.folded(alias.skeleton), number)
            guard alias.forgivesSlips else { continue }
            for place in alias.skeleton.indices where !repeats(alias.skeleton, at: place) {
                insert(.folded(alias.skeleton, without: place), number)
            }
        }
    }

    /// Leaving out either of two equal neighbours gives the same form.
    private func repeats(_ bytes: [UInt8], at place: Int) -> Bool {
        place > 0 && bytes[place] == bytes[place - 1]
    }

    private mutating func insert(_ hash: KeyHash, _ number: Int) {
        let mixed = hash.finished(.phrase)
        var place = Int(truncatingIfNeeded: mixed) & (slots.count - 1)
        while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = mixed & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
    }

    /// Calls a closure with each name that may be meant by a skeleton, some perhaps repeatedly.
    ///
    /// - Parameter probes: grows by the number of slots looked at.
    func forEachCandidate(
        _ skeleton: [UInt8],
        probes: inout Int,
        _ body: (_ number: Int) -> Void
    ) {
        find(.folded(skeleton), &probes, body)
        for place in skeleton.indices where !repeats(skeleton, at: place) {
            find(.folded(skeleton, without: place), &probes, body)
        }
    }

    @inline(__always)
    private func find(_ hash: KeyHash, _ probes: inout Int, _ body: (Int) -> Void) {
        let mixed = hash.finished(.phrase)
        var place = Int(truncatingIfNeeded: mixed) & (slots.count - 1)
        while true {
            probes &+= 1
            let slot = slots[place]
            guard slot != 0 else { return }
            if slot >> 32 == mixed >> 32 { body(Int(slot & 0xFFFF_FFFF) - 1) }
            place = (place + 1) & (slots.count - 1)
        }
    }
}
