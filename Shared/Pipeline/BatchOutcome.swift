package import BanRules
package import Events

/// What happened to the records of one batch; added to the metrics once, when it is committed.
package struct BatchOutcome: Equatable {
    /// Records read.
    package var received = 0
    /// Valid events seen for the first time.
    package var screened = 0
    /// Repeats.
    package var duplicates = 0
    /// Offsets lost to retention.
    package var expired: Int64 = 0
    /// Matches passed over because a directive knows them to be false.
    package var falseMatches = 0
    /// Flags by disposition.
    package private(set) var flags: [Disposition: Int] = [:]
    /// Dead letters by reason.
    package private(set) var refusals: [Rejection.Reason: Int] = [:]

    package mutating func flagged(_ disposition: Disposition) {
        flags[disposition, default: 0] += 1
    }

    package mutating func refused(_ reason: Rejection.Reason) {
        refusals[reason, default: 0] += 1
    }
}
