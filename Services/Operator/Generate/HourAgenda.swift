/// What happens in one hour, in order.
struct HourAgenda {
    /// One record to write.
    struct Entry: Comparable, BitwiseCopyable {
        var millisecond: Int32
        var isRepeat: Bool
        var kind: Kind
        /// Place in the stream's list of that kind.
        var place: Int32
        /// Place of a download among those of its roll-up, from 0.
        var unit: Int32

        enum Kind: UInt8, BitwiseCopyable { case rollup, download, purchase, payment }

        private var key: UInt64 {
            UInt64(millisecond) << 33 | (isRepeat ? 1 << 32 : 0) | UInt64(place)
        }

        static func < (left: Entry, right: Entry) -> Bool {
            if left.key != right.key { return left.key < right.key }
            return (left.kind.rawValue, left.unit) < (right.kind.rawValue, right.unit)
        }
    }

    private(set) var entries: [Entry] = []

    private let stream: ReferenceStream
    private var nextRollup = 0
    private var nextPurchase = 0
    private var nextEvent = 0

    init(stream: ReferenceStream) {
        self.stream = stream
    }

    /// Gathers the next hour; every hour must be asked for, in order.
    mutating func gather(_ hour: StreamHour) {
        entries.removeAll(keepingCapacity: true)
        while nextRollup < stream.rollups.count, stream.rollups[nextRollup].hour == hour.index {
            gather(stream.rollups[nextRollup])
            nextRollup += 1
        }
        while nextPurchase < stream.purchases.count,
            stream.purchases[nextPurchase].moment.hour == hour
        {
            let moment = stream.purchases[nextPurchase].moment
            add(.purchase, nextPurchase, at: moment.millisecondOfHour, isRepeated: false)
            nextPurchase += 1
        }
        let events = stream.payments.events
        while nextEvent < events.count, events[nextEvent].moment.hour == hour {
            let event = events[nextEvent]
            add(
                .payment,
                nextEvent,
                at: event.moment.millisecondOfHour,
                isRepeated: event.isRepeated
            )
            nextEvent += 1
        }
        entries.sort()
    }

    private mutating func gather(_ rollup: Rollup) {
        guard stream.options.granularity == .event, !rollup.isCorrection else {
            return add(.rollup, nextRollup, at: 0, isRepeated: rollup.isRepeated)
        }
        var random = SplitMix64(
            seed: stream.options.seed,
            part: .scatter,
            Int(rollup.feed),
            Int(rollup.hour)
        )
        for unit in 0..<Int(rollup.units) {
            add(
                .download,
                nextRollup,
                at: random.below(StreamHour.milliseconds),
                isRepeated: rollup.isRepeated && unit == 0,
                unit: unit
            )
        }
    }

    private mutating func add(
        _ kind: Entry.Kind,
        _ place: Int,
        at millisecond: Int,
        isRepeated: Bool,
        unit: Int = 0
    ) {
        var entry = Entry(
            millisecond: Int32(millisecond),
            isRepeat: false,
            kind: kind,
            place: Int32(place),
            unit: Int32(unit)
        )
        entries.append(entry)
        guard isRepeated else { return }
        entry.isRepeat = true
        entries.append(entry)
    }
}
