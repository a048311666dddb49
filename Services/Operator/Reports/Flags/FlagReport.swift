import BanRules
import Events
import ServiceKit

/// Totals of flags beside the distinct events they are about.
///
/// An event has a flag for each directive, prohibition and target it falls under. Units and money
/// belong to the event: a line adds them once for each of its events, however many flags it has.
struct FlagReport {
    /// The figures of one line.
    struct Figures: Equatable {
        var flags = 0
        var events = 0
        var units: Int64 = 0
        var amounts: [CurrencyCode: Money] = [:]
    }

    /// One line: the group's labels and its figures.
    struct Row: Equatable {
        let labels: [String]
        let figures: Figures
    }

    let query: FlagQuery
    let rows: [Row]
    let total: Figures
    let recordCount: Int

    /// Adds up.
    ///
    /// - Throws: ``ToolFailure`` when a sum overflows.
    init(_ table: FlagTable, _ query: FlagQuery) throws(ToolFailure) {
        self.query = query
        var groups: [[String]: Accumulator] = [:]
        var total = Accumulator()
        for entry in table.flags.values where query.selects(entry, words: table.words) {
            let isSummed = query.sums(status: table.words[entry.labels.status])
            let labels = query.grouping.map { $0.label(of: entry, words: table.words) }
            try groups[labels, default: Accumulator()].add(entry, withMoney: isSummed)
            try total.add(entry, withMoney: isSummed)
        }
        rows = groups.map { Row(labels: $0.key, figures: $0.value.figures) }
            .sorted { $0.labels.lexicographicallyPrecedes($1.labels) }
        self.total = total.figures
        recordCount = table.recordCount
    }

    private struct Accumulator {
        private(set) var figures = Figures()
        private var events: Set<UInt32> = []

        mutating func add(_ entry: FlagTable.Entry, withMoney: Bool) throws(ToolFailure) {
            figures.flags += 1
            guard events.insert(entry.event).inserted else { return }
            figures.events += 1
            let (units, overflow) = figures.units.addingReportingOverflow(entry.units)
            guard !overflow else { throw ToolFailure("the sum of the units leaves 64 bits") }
            figures.units = units
            guard withMoney, let amount = entry.amount, let currency = entry.currency else {
                return
            }
            let held = figures.amounts[currency] ?? Money(nanos: 0)
            guard let sum = held.adding(amount) else {
                throw ToolFailure("the sum of \(currency) amounts leaves 128 bits")
            }
            figures.amounts[currency] = sum
        }
    }
}

extension FlagQuery.Dimension {
    /// A flag's word in this dimension; empty where it has none.
    fileprivate func label(of entry: FlagTable.Entry, words: Interner<String>) -> String {
        switch self {
        case .target: words[entry.labels.target]
        case .directive: words[entry.labels.directive]
        case .prohibition: words[entry.labels.prohibition]
        case .state: words[entry.labels.state]
        case .disposition: words[entry.labels.disposition]
        case .reason: words[entry.labels.reason]
        case .act: words[entry.labels.act]
        case .country: words[entry.labels.country]
        case .status: words[entry.labels.status]
        case .day: entry.time.day.description
        case .month: String(entry.time.day.description.prefix(7))
        case .year: String(entry.time.day.description.prefix(4))
        }
    }
}
