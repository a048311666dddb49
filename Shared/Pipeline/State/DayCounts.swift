package import Events

/// The counts of one UTC day in one segment: an open-addressing table of small entries.
package struct DayCounts {
    /// What is counted within a day: eight bytes.
    package struct Key: Hashable {
        let app: UInt32
        let country: CountryCode
        let acquisition: Acquisition

        package init(app: UInt32, country: CountryCode, acquisition: Acquisition) {
            self.app = app
            self.country = country
            self.acquisition = acquisition
        }

        fileprivate var word: UInt64 {
            UInt64(app) << 32 | UInt64(country.rawValue) << 8 | UInt64(acquisition.rawValue)
        }
    }

    package struct Entry {
        let key: Key
        var count: Int64
        var throughOffset: Int64
        /// The round that changed the entry last; tells whether it is already on the changed list.
        var round: UInt64
    }

    /// What became of an addition.
    enum Addition {
        /// The entry had been changed in this round before.
        case again
        /// The entry as it was before its first change in this round.
        case first(place: Int, before: Entry)
        /// The sum would leave 64 bits; nothing changed.
        case overflow
    }

    /// The input offset at which the segment began.
    package let segment: Int64
    package private(set) var entries: [Entry] = []
    private var slots = [UInt32](repeating: .max, count: 64)

    package init(segment: Int64) {
        self.segment = segment
    }

    /// Adds units to a key's entry, which begins with zero if it is new.
    @inline(__always)
    mutating func add(
        _ units: Int64,
        to key: Key,
        offset: Int64,
        round: UInt64
    ) -> Addition {
        var slot = home(of: key)
        while slots[slot] != .max {
            let place = Int(slots[slot])
            guard entries[place].key.word == key.word else {
                slot = (slot + 1) & (slots.count - 1)
                continue
            }
            let before = entries[place]
            let (sum, overflow) = before.count.addingReportingOverflow(units)
            guard !overflow else { return .overflow }
            entries[place] = Entry(key: key, count: sum, throughOffset: offset, round: round)
            return before.round == round ? .again : .first(place: place, before: before)
        }
        let first = Entry(key: key, count: units, throughOffset: offset, round: round)
        return .first(place: insert(first, at: slot), before: Entry(of: key))
    }

    /// Puts an entry back to what it was.
    mutating func restore(_ place: Int, to entry: Entry) {
        entries[place] = entry
        // The round is over: whatever comes next is a first change.
        entries[place].round = 0
    }

    @inline(never)
    private mutating func insert(_ entry: Entry, at slot: Int) -> Int {
        let place = entries.count
        // By a half rather than by doubling: there may be millions of entries.
        if place == entries.capacity { entries.reserveCapacity(place + place / 2 + 32) }
        slots[slot] = UInt32(place)
        entries.append(entry)
        if entries.count * 4 > slots.count * 3 { rehash() }
        return place
    }

    private mutating func rehash() {
        slots = Array(repeating: .max, count: slots.count * 2)
        for place in entries.indices {
            var slot = home(of: entries[place].key)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(place)
        }
    }

    @inline(__always)
    private func home(of key: Key) -> Int {
        let mixed = key.word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: mixed.high ^ mixed.low) & (slots.count - 1)
    }
}

extension DayCounts.Entry {
    /// An entry before the first change of its key.
    fileprivate init(of key: DayCounts.Key) {
        self.init(key: key, count: 0, throughOffset: -1, round: 0)
    }
}
