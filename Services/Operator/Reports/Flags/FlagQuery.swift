import BanRules
import Events

/// Which flags a report is about, and by what they are broken down.
struct FlagQuery {
    /// What flags may be broken down by.
    enum Dimension: String, CaseIterable {
        case target, directive, prohibition, state, disposition, reason, act, country, status
        case day, month, year
    }

    /// Which payments' money is summed.
    enum MoneyStatus: Equatable {
        /// Whatever the status, also without one.
        case all
        case only(PaymentStatus)
    }

    /// Events from this instant on; nil for all.
    var from: Timestamp?
    /// Events before this instant; nil for all.
    var until: Timestamp?
    /// Ids of targets; empty for all.
    var targets: Set<String> = []
    /// Ids of directives; empty for all.
    var directives: Set<String> = []
    /// Nil for both.
    var disposition: Disposition?
    /// Whose amounts are summed.
    var money = MoneyStatus.only(.captured)
    /// The breakdown, in the order of the columns.
    var grouping: [Dimension] = [.target, .state, .disposition]

    /// Whether a flag is asked for.
    func selects(_ entry: FlagTable.Entry, words: Interner<String>) -> Bool {
        if let from, entry.time < from { return false }
        if let until, until <= entry.time { return false }
        if let disposition, words[entry.labels.disposition] != disposition.rawValue {
            return false
        }
        guard directives.isEmpty || directives.contains(words[entry.labels.directive]) else {
            return false
        }
        return targets.isEmpty || targets.contains(words[entry.labels.target])
    }

    /// Whether an event's amount goes into the sums.
    func sums(status: String) -> Bool {
        switch money {
        case .all: true
        case .only(let wanted): status == wanted.word
        }
    }
}
