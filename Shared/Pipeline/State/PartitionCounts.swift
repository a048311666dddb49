package import Events

/// The download counts of one input partition since it was assigned, by day.
///
/// Counting starts from zero in a new segment with every assignment, so that nothing is ever
/// restored. Changes are listed round by round, each figure once in a round (``newChanges``). A
/// batch has one round or several; ``commit()`` makes all its changes lasting and ``rollback()``
/// takes them all back.
package struct PartitionCounts {
    private let startOffset: Int64
    private var days: [DayCounts] = []
    private var dayNumbers: [Int32] = []
    private var placeOfDay: [Int32: Int] = [:]
    private var lastTouched: [UInt64] = []
    private var evictedDays: Set<Int32> = []
    private var latestDay = (number: Int32.min, place: 0)
    private var round: UInt64 = 1
    /// The batch's changes in the order in which they began; the first ones have been taken.
    private var changes: [Change] = []
    private var takenCount = 0

    private struct Change {
        let day: Int
        let place: Int
        let before: DayCounts.Entry
    }

    /// One figure that changed.
    package struct ChangedCount {
        let day: Day
        let segment: Int64
        let key: DayCounts.Key
        let count: Int64
        let throughOffset: Int64
    }

    /// - Parameter startOffset: the offset at which this owner began to count.
    package init(startOffset: Int64) {
        self.startOffset = startOffset
    }

    /// How many count keys are held.
    package var keyCount: Int { days.reduce(0) { $0 + $1.entries.count } }

    /// Adds an event's units; false if the sum would leave 64 bits, and then nothing changes.
    package mutating func add(_ units: Int64, to key: DayCounts.Key, on day: Day, offset: Int64)
        -> Bool
    {
        let dayPlace = place(of: day, offset: offset)
        switch days[dayPlace].add(units, to: key, offset: offset, round: round) {
        case .again: break
        case .first(let place, let before):
            changes.append(Change(day: dayPlace, place: place, before: before))
            lastTouched[dayPlace] = round
        case .overflow: return false
        }
        return true
    }

    /// Indices of the figures that changed in this round, in the order of first change.
    package var newChanges: Range<Int> { takenCount..<changes.count }

    /// A figure that changed, as it is now.
    package func change(at index: Int) -> ChangedCount {
        let change = changes[index]
        let entry = days[change.day].entries[change.place]
        return ChangedCount(
            day: Day(number: dayNumbers[change.day]),
            segment: days[change.day].segment,
            key: entry.key,
            count: entry.count,
            throughOffset: entry.throughOffset
        )
    }

    /// Ends the round: what changes from now on is new again.
    package mutating func endRound() {
        takenCount = changes.count
        round += 1
    }

    /// Makes the batch's changes lasting.
    package mutating func commit() {
        forgetChanges()
    }

    /// Takes the batch's changes back.
    ///
    /// A day that the batch opened stays open with its segment: the same records come again at the
    /// same offsets and would open it alike.
    package mutating func rollback() {
        for change in changes.reversed() {
            days[change.day].restore(change.place, to: change.before)
        }
        forgetChanges()
    }

    private mutating func forgetChanges() {
        changes.removeAll(keepingCapacity: true)
        takenCount = 0
        round += 1
    }

    /// Drops the days touched longest ago until at most `limit` keys are left.
    ///
    /// What was written for them stays true; an event that comes late for such a day opens a new
    /// segment at its own offset. Call between batches only.
    package mutating func evict(downTo limit: Int) {
        precondition(changes.isEmpty, "a batch in work still refers to its days")
        var excess = keyCount - limit
        guard excess > 0 else { return }
        var leaving: Set<Int> = []
        for place in days.indices.sorted(by: { lastTouched[$0] < lastTouched[$1] })
        where excess > 0 {
            leaving.insert(place)
            excess -= days[place].entries.count
        }
        let staying = days.indices.filter { !leaving.contains($0) }
        evictedDays.formUnion(leaving.map { dayNumbers[$0] })
        days = staying.map { days[$0] }
        lastTouched = staying.map { lastTouched[$0] }
        dayNumbers = staying.map { dayNumbers[$0] }
        placeOfDay = Dictionary(
            uniqueKeysWithValues: dayNumbers.enumerated().map { ($0.element, $0.offset) }
        )
        latestDay = (.min, 0)
    }

    @inline(__always)
    private mutating func place(of day: Day, offset: Int64) -> Int {
        if latestDay.number == day.number { return latestDay.place }
        let place = placeOfDay[day.number] ?? open(day, offset: offset)
        latestDay = (day.number, place)
        return place
    }

    private mutating func open(_ day: Day, offset: Int64) -> Int {
        let isLate = evictedDays.contains(day.number)
        days.append(DayCounts(segment: isLate ? offset : startOffset))
        dayNumbers.append(day.number)
        lastTouched.append(round)
        placeOfDay[day.number] = days.count - 1
        return days.count - 1
    }
}
