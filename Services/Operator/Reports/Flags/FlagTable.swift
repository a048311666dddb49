import BanRules
import Events

/// The latest version of every flag, by flag id: what a consumer that upserts holds.
struct FlagTable: Sendable {
    /// What a report needs of a flag; texts and events are numbers of this table.
    struct Entry: Sendable {
        var time: Timestamp
        /// The same for all flags of one event.
        var event: UInt32
        var labels: Labels
        /// Units of a download; zero for other events.
        var units: Int64
        var amount: Money?
        var currency: CurrencyCode?
    }

    /// The words of a flag, as numbers in ``FlagTable/words``.
    struct Labels: Sendable {
        var target: UInt32
        var directive: UInt32
        var prohibition: UInt32
        var state: UInt32
        var disposition: UInt32
        var reason: UInt32
        var act: UInt32
        var country: UInt32
        var status: UInt32
    }

    private(set) var words = Interner<String>()
    private(set) var flags: [UInt128: Entry] = [:]
    /// How many records were taken in, repeats of a flag id with them.
    private(set) var recordCount = 0
    private var events = Interner<EventKey>()

    /// What identifies an event.
    private struct EventKey: Hashable, Sendable {
        let source: String
        let id: String
    }

    /// How many different events were flagged.
    var eventCount: Int { events.values.count }

    /// Takes in a record's value.
    ///
    /// - Throws: ``Rejection`` when it is no flag; the table stays as it was.
    mutating func apply(value: RawSpan) throws(Rejection) {
        try apply(Flag(value: value))
    }

    /// Takes in a flag in place of an earlier one of its id.
    mutating func apply(_ flag: Flag) throws(Rejection) {
        guard flag.id.utf8.count == 32, let id = UInt128(flag.id, radix: 16) else {
            throw Rejection(
                reason: .invalidValue,
                pointer: "/id",
                detail: "32 hex digits are expected"
            )
        }
        let act = try Act(of: flag)
        let event = EventKey(source: flag.origin.source, id: flag.origin.id)
        flags[id] = Entry(
            time: flag.time,
            event: events.number(of: event),
            labels: labels(flag, act: act),
            units: flag.facts.units ?? 0,
            amount: flag.facts.amount.flatMap { Money($0) },
            currency: flag.facts.currency.flatMap { CurrencyCode($0) }
        )
        recordCount += 1
    }

    private mutating func labels(_ flag: Flag, act: Act) -> Labels {
        Labels(
            target: words.number(of: flag.ruling.target),
            directive: words.number(of: flag.ruling.directive.id),
            prohibition: words.number(of: flag.ruling.prohibition),
            state: words.number(of: flag.ruling.interval.state),
            disposition: words.number(of: flag.ruling.disposition),
            reason: words.number(of: flag.ruling.reason ?? ""),
            act: words.number(of: act.rawValue),
            country: words.number(of: flag.ruling.jurisdiction.country),
            status: words.number(of: flag.facts.status ?? "")
        )
    }
}
