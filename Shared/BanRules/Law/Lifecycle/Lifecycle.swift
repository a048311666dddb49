public import Events

/// A stretch of time, half-open, in which a rule of law stood in one state.
public struct LifecycleInterval: Sendable, Hashable {
    /// The state during the interval.
    public let state: LegalState
    /// When the interval begins, inclusive.
    public let from: LegalInstant
    /// When the interval ends, exclusive; nil while it lasts.
    public let to: LegalInstant?
    /// The text that put the state in place.
    public let citation: String
    /// Where that text can be read.
    public let link: String?
    /// What a reader should know besides.
    public let note: String?

    init(
        state: LegalState,
        from: LegalInstant,
        to: LegalInstant?,
        citation: String,
        link: String? = nil,
        note: String? = nil
    ) {
        self.state = state
        self.from = from
        self.to = to
        self.citation = citation
        self.link = link
        self.note = note
    }

    /// Whether the interval holds at an instant.
    public func contains(_ time: Timestamp) -> Bool {
        from.utc <= time && !hasEnded(by: time)
    }

    /// Whether the interval was over at an instant.
    func hasEnded(by time: Timestamp) -> Bool {
        guard let end = to?.utc else { return false }
        return end <= time
    }

    func bounded(from start: LegalInstant, to end: LegalInstant?) -> LifecycleInterval {
        LifecycleInterval(
            state: state,
            from: start,
            to: end,
            citation: citation,
            link: link,
            note: note
        )
    }
}

/// The states of a rule of law over time: contiguous intervals in order, the last one open.
public struct Lifecycle: Sendable, Hashable {
    /// The intervals in order of time; each begins where the one before it ends.
    public let intervals: [LifecycleInterval]

    init(intervals: [LifecycleInterval]) {
        self.intervals = intervals
    }

    /// The interval that holds at an instant; nil before the first one.
    public func interval(at time: Timestamp) -> LifecycleInterval? {
        position(at: time).map { intervals[$0] }
    }

    /// The positions of the intervals that a half-open period touches, and whether it begins before
    /// all of them; positions, because an interval is much to copy.
    ///
    /// A period that does not end after it begins counts as the instant of its beginning.
    func touched(
        from start: Timestamp,
        to end: Timestamp
    ) -> (beginsBefore: Bool, positions: Range<Int>) {
        guard start < end else {
            guard let position = position(at: start) else { return (true, 0..<0) }
            return (false, position..<position + 1)
        }
        // In order and without overlap, so that what a period touches stands together.
        let upper = intervals.indices.first { intervals[$0].from.utc >= end } ?? intervals.count
        let lower =
            intervals.indices[..<upper].first { !intervals[$0].hasEnded(by: start) } ?? upper
        let beginsBefore = intervals.first.map { start < $0.from.utc } ?? false
        return (beginsBefore, lower..<upper)
    }

    private func position(at time: Timestamp) -> Int? {
        guard let last = intervals.indices.last(where: { intervals[$0].from.utc <= time }),
            !intervals[last].hasEnded(by: time)
        else { return nil }
        return last
    }

    /// A point at which what a match means changes.
    struct Border {
        var instant: LegalInstant
        /// What a match means before and from the instant on; nil is no flag.
        var before: Disposition?
        var after: Disposition?
    }

    /// Every border between two dispositions, in order.
    var dispositionBorders: [Border] {
        var borders: [Border] = []
        var before: Disposition?
        for interval in intervals {
            let after = interval.state.disposition
            if before != after {
                borders.append(Border(instant: interval.from, before: before, after: after))
            }
            before = after
        }
        return borders
    }

    /// This lifecycle of a prohibition under its directive's: wherever the directive is revoked or
    /// expired, that holds; everywhere else this lifecycle does.
    func overlaid(by directive: Lifecycle) -> Lifecycle {
        var result: [LifecycleInterval] = []
        for interval in intervals {
            var pieces = [interval]
            for ending in directive.endings {
                pieces = pieces.flatMap { $0.removing(from: ending.from, to: ending.to) }
            }
            result.append(contentsOf: pieces)
        }
        result.append(contentsOf: directive.endings)
        return Lifecycle(intervals: result.sorted { $0.from.utc < $1.from.utc })
    }

    private var endings: [LifecycleInterval] {
        intervals.filter(\.state.endsEverything)
    }
}

extension LifecycleInterval {
    /// What is left of the interval when a span is cut out of it: none, one or two pieces.
    fileprivate func removing(from start: LegalInstant, to end: LegalInstant?)
        -> [LifecycleInterval]
    {
        var pieces: [LifecycleInterval] = []
        if from.utc < start.utc {
            let intervalEnd = to.flatMap { $0.utc < start.utc ? $0 : nil }
            pieces.append(bounded(from: from, to: intervalEnd ?? start))
        }
        if let end, to.map({ end.utc < $0.utc }) ?? true {
            pieces.append(bounded(from: from.utc < end.utc ? end : from, to: to))
        }
        return pieces
    }
}
