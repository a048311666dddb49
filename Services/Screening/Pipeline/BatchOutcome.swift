import BanRules
import Events

/// What happened to the records of one batch; added to the metrics once, when it is committed.
struct BatchOutcome: Equatable {
    /// Records read.
    var received = 0
    /// Valid events seen for the first time.
    var screened = 0
    /// Repeats.
    var duplicates = 0
    /// Offsets lost to retention.
    var expired: Int64 = 0
    /// Matches passed over because a directive knows them to be false.
    var falseMatches = 0
    /// Flags by disposition.
    private(set) var flags: [Disposition: Int] = [:]
    /// Dead letters by reason.
    private(set) var refusals: [Rejection.Reason: Int] = [:]

    mutating func flagged(_ disposition: Disposition) {
        flags[disposition, default: 0] += 1
    }

    mutating func refused(_ reason: Rejection.Reason) {
        refusals[reason, default: 0] += 1
    }
}
