internal import CPrefetch
package import Events

/// The last events of one input partition, as keyed hashes: a ring in order of arrival and an index
/// into it.
///
/// A mark costs 16 bytes in the ring and 6 in the index. Marks of the batch in work are *pending*:
/// they are found like any other, become lasting with ``commit()`` and vanish with ``rollback()``,
/// so that no mark ever outlives a transaction that was not committed.
package struct DedupeWindow {
    /// Bytes a mark costs, ring and index together, rounded up.
    package static let bytesPerMark = 24

    /// How many committed marks are kept.
    package private(set) var horizon: Int
    /// How many marks are held, pending ones included.
    package private(set) var count = 0
    /// How many of them, the newest, belong to the batch in work.
    package private(set) var pendingCount = 0

    /// Filled up to ``capacity`` as marks arrive, so that only as much memory is touched as there
    /// are marks.
    private var ring: [Hash128] = []
    private var capacity = 0
    private var oldest = 0
    private var index = MarkIndex(capacity: 0)

    /// - Parameter horizon: marks to keep; at least 1.
    package init(horizon: Int) {
        precondition(horizon > 0, "a window of nothing recognises nothing")
        self.horizon = horizon
    }

    /// Asks for the memory that ``insert(_:)`` will look at.
    @inline(__always)
    package func prefetch(_ mark: Hash128) { index.prefetch(mark) }

    /// Remembers an event; false if it is already known, and then nothing changes.
    package mutating func insert(_ mark: Hash128) -> Bool {
        if count == capacity { grow() }
        let position = wrapped(oldest + count)
        guard index.insert(mark, at: position, ring) else { return false }
        if position == ring.count { ring.append(mark) } else { ring[position] = mark }
        count += 1
        pendingCount += 1
        return true
    }

    /// Forgets the newest pending mark: its event had no effect after all.
    package mutating func removeNewest() {
        precondition(pendingCount > 0, "only a pending mark can be taken back")
        let position = wrapped(oldest + count - 1)
        index.remove(ring[position], at: position, ring)
        count -= 1
        pendingCount -= 1
    }

    /// Makes the pending marks lasting and drops the oldest beyond the horizon.
    package mutating func commit() {
        pendingCount = 0
        while count > horizon {
            index.remove(ring[oldest], at: oldest, ring)
            oldest = wrapped(oldest + 1)
            count -= 1
        }
    }

    /// Forgets the pending marks.
    package mutating func rollback() {
        while pendingCount > 0 { removeNewest() }
    }

    /// The pending marks in order of arrival.
    package var pendingMarks: [Hash128] {
        (count - pendingCount..<count).map { ring[wrapped(oldest + $0)] }
    }

    /// Changes how many marks are kept; takes effect with the next ``commit()``.
    package mutating func setHorizon(_ horizon: Int) {
        precondition(horizon > 0, "a window of nothing recognises nothing")
        self.horizon = horizon
    }

    private func wrapped(_ position: Int) -> Int {
        position >= capacity ? position - capacity : position
    }

    /// Makes room for eight times as many, but no more than the horizon and one batch need: every
    /// growth builds the index anew.
    private mutating func grow() {
        let needed = count + 1
        let larger = max(16_384, count * 8)
        let settled = horizon + max(horizon / 64, 1_024)
        let wanted = needed <= settled ? min(larger, settled) : count + count / 8 + 1
        var marks: [Hash128] = []
        marks.reserveCapacity(wanted)
        for number in 0..<count { marks.append(ring[wrapped(oldest + number)]) }
        ring = marks
        capacity = wanted
        oldest = 0
        index = MarkIndex(capacity: wanted)
        for position in 0..<count {
            if position + 16 < count { index.prefetch(ring[position + 16]) }
            index.place(ring[position], at: position)
        }
    }
}

/// Open addressing from a mark to its position in the ring.
///
/// A slot holds the position and, in the bits above it, a tag of the mark, so that a probe of a
/// mark that is not there rarely has to look into the ring.
private struct MarkIndex {
    private static let empty = UInt32.max
    private var slots: [UInt32]
    private let positionBits: UInt32

    package init(capacity: Int) {
        precondition(capacity < 1 << 28, "a window this large needs wider slots")
        positionBits = UInt32(UInt32.bitWidth - UInt32(capacity + 1).leadingZeroBitCount)
        slots = Array(repeating: Self.empty, count: capacity + capacity / 2 + 1)
    }

    @inline(__always)
    func prefetch(_ mark: Hash128) {
        let slot = home(of: mark)
        unsafe slots.withUnsafeBufferPointer { slots in
            if let start = slots.baseAddress { unsafe cordon_prefetch(start + slot) }
        }
    }

    /// Puts a mark in unless it is there.
    package mutating func insert(_ mark: Hash128, at position: Int, _ ring: [Hash128]) -> Bool {
        let wanted = tag(of: mark)
        var slot = home(of: mark)
        while slots[slot] != Self.empty {
            if slots[slot] >> positionBits == wanted, ring[self.position(in: slot)] == mark {
                return false
            }
            slot = next(slot)
        }
        slots[slot] = wanted << positionBits | UInt32(position)
        return true
    }

    /// Puts a mark in that is known not to be there.
    package mutating func place(_ mark: Hash128, at position: Int) {
        var slot = home(of: mark)
        while slots[slot] != Self.empty { slot = next(slot) }
        slots[slot] = tag(of: mark) << positionBits | UInt32(position)
    }

    /// Takes a mark out and closes the hole, so that probes need no tombstones.
    package mutating func remove(_ mark: Hash128, at position: Int, _ ring: [Hash128]) {
        var hole = home(of: mark)
        let content = tag(of: mark) << positionBits | UInt32(position)
        while slots[hole] != content { hole = next(hole) }
        var probe = next(hole)
        while slots[probe] != Self.empty {
            let home = home(of: ring[self.position(in: probe)])
            if distance(from: home, to: probe) >= distance(from: hole, to: probe) {
                slots[hole] = slots[probe]
                hole = probe
            }
            probe = next(probe)
        }
        slots[hole] = Self.empty
    }

    private func home(of mark: Hash128) -> Int {
        Int(truncatingIfNeeded: mark.low.multipliedFullWidth(by: UInt64(slots.count)).high)
    }

    private func tag(of mark: Hash128) -> UInt32 {
        // A position is never all ones (the bits are counted for capacity + 1), so that no slot in
        // use can look empty whatever its tag.
        let bits = UInt32.bitWidth - Int(positionBits)
        return UInt32(truncatingIfNeeded: mark.high) & ((1 << UInt32(bits)) - 1)
    }

    private func position(in slot: Int) -> Int {
        Int(slots[slot] & ((1 << positionBits) - 1))
    }

    private func next(_ slot: Int) -> Int { slot + 1 == slots.count ? 0 : slot + 1 }

    private func distance(from start: Int, to end: Int) -> Int {
        end >= start ? end - start : end - start + slots.count
    }
}
