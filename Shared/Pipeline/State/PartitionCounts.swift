package import Events

/// The download counts of one input partition since it was assigned, by day.
///
/// Counting starts from zero in a new segment with every assignment, so that nothing is ever
/// restored. A batch's changes are listed once each; ``commit()`` makes them lasting and
/// ``rollback()`` takes them back.
package struct PartitionCounts {
    private let startOffset: Int64
    private var days: [DayCounts] = []
    private var dayNumbers: [Int32] = []
    private var placeOfDay: [Int32: Int] = [:]
    private var lastTouched: [UInt64] = []
    private var evictedDays: Set<Int32> = []
    private var latestDay = (number: Int32.min, place: 0)
    private var batch: UInt64 = 1
    private var changes: [Change] = []

    private struct Change {
        let day: Int
        let entry: Int
        let previousCount: Int64
        let previousThroughOffset: Int64
    }

    /// One figure that the batch in work changed.
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
    package private(set) var keyCount = 0

    /// Adds an event's units; false if the sum would leave 64 bits, and then nothing changes.
    package mutating func add(_ units: Int64, to key: DayCounts.Key, on day: Day, offset: Int64)
        -> Bool
    {
        let dayPlace = place(of: day, offset: offset)
        let known = days[dayPlace].entries.count
        let place = days[dayPlace].place(of: key)
        keyCount += days[dayPlace].entries.count - known
        let entry = days[dayPlace].entries[place]
        let (sum, overflow) = entry.count.addingReportingOverflow(units)
        guard !overflow else { return false }
        if entry.batch != batch {
            changes.append(
                Change(
                    day: dayPlace,
                    entry: place,
                    previousCount: entry.count,
                    previousThroughOffset: entry.throughOffset
                )
            )
            lastTouched[dayPlace] = batch
        }
        days[dayPlace].set(place, count: sum, throughOffset: offset, batch: batch)
        return true
    }

    /// Shows every figure that the batch changed, in the order of first change.
    package func forEachChange(_ body: (ChangedCount) -> Void) {
        for change in changes {
            let day = days[change.day]
            let entry = day.entries[change.entry]
            body(
                ChangedCount(
                    day: Day(number: dayNumbers[change.day]),
                    segment: day.segment,
                    key: entry.key,
                    count: entry.count,
                    throughOffset: entry.throughOffset
                )
            )
        }
    }

    /// Makes the batch's changes lasting.
    package mutating func commit() {
        changes.removeAll(keepingCapacity: true)
        batch += 1
    }

    /// Takes the batch's changes back.
    ///
    /// A day that the batch opened stays open with its segment: the same records come again at the
    /// same offsets and would open it alike.
    package mutating func rollback() {
        for change in changes.reversed() {
            days[change.day].set(
                change.entry,
                count: change.previousCount,
                throughOffset: change.previousThroughOffset,
                batch: 0
            )
        }
        changes.removeAll(keepingCapacity: true)
        batch += 1
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
        keyCount -= leaving.reduce(0) { $0 + days[$1].entries.count }
        evictedDays.formUnion(leaving.map { dayNumbers[$0] })
        days = staying.map { days[$0] }
        lastTouched = staying.map { lastTouched[$0] }
        dayNumbers = staying.map { dayNumbers[$0] }
        placeOfDay = Dictionary(
            uniqueKeysWithValues: dayNumbers.enumerated().map { ($0.element, $0.offset) }
        )
        latestDay = (.min, 0)
    }

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
        lastTouched.append(batch)
        placeOfDay[day.number] = days.count - 1
        return days.count - 1
    }
}
