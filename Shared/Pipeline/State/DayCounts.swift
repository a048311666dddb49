internal import Events

/// The counts of one UTC day in one segment: an open-addressing table of small entries.
package struct DayCounts {
    /// What is counted within a day: eight bytes.
    package struct Key: Hashable {
        let app: UInt32
        let country: CountryCode
        let acquisition: Acquisition

        fileprivate var word: UInt64 {
            UInt64(app) << 32 | UInt64(country.rawValue) << 8 | UInt64(acquisition.rawValue)
        }
    }

    package struct Entry {
        let key: Key
        var count: Int64
        var throughOffset: Int64
        /// The batch that changed the entry last; tells whether it is already on the changed list.
        var batch: UInt64
    }

    /// The input offset at which the segment began.
    package let segment: Int64
    package private(set) var entries: [Entry] = []
    private var slots: [UInt32] = Array(repeating: .max, count: 8)

    package init(segment: Int64) {
        self.segment = segment
    }

    /// The place of a key's entry, which is made with zero if it is new.
    package mutating func place(of key: Key) -> Int {
        var slot = home(of: key)
        while slots[slot] != .max {
            let place = Int(slots[slot])
            if entries[place].key == key { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(entries.count)
        entries.append(Entry(key: key, count: 0, throughOffset: -1, batch: 0))
        if entries.count * 4 > slots.count * 3 { rehash() }
        return entries.count - 1
    }

    /// Changes the figures of an entry.
    package mutating func set(_ place: Int, count: Int64, throughOffset: Int64, batch: UInt64) {
        entries[place].count = count
        entries[place].throughOffset = throughOffset
        entries[place].batch = batch
    }

    private mutating func rehash() {
        slots = Array(repeating: .max, count: slots.count * 2)
        for place in entries.indices {
            var slot = home(of: entries[place].key)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(place)
        }
    }

    private func home(of key: Key) -> Int {
        let mixed = key.word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: mixed.high ^ mixed.low) & (slots.count - 1)
    }
}
