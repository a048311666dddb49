import ServiceKit

/// What a replay did, in a few lines.
struct ReplayReport {
    private let outcomes: [DeadLetterReplay.Outcome: Int]

    init(_ outcomes: [DeadLetterReplay.Outcome: Int]) {
        self.outcomes = outcomes
    }

    /// How many records were sent back, or would be.
    var sent: Int { outcomes[.sent] ?? 0 }

    /// A line for each kind of end.
    var text: String {
        var lines = ["sent back        \(grouped(Int64(sent)))"]
        let invalid = outcomes.compactMap { outcome, count in
            if case .invalid(let reason) = outcome { (reason, count) } else { nil }
        }
        for (reason, count) in invalid.sorted(by: { $0.0 < $1.0 }) {
            lines.append("still invalid    \(grouped(Int64(count)))  \(reason)")
        }
        if let count = outcomes[.incomplete] {
            lines.append("kept in part     \(grouped(Int64(count)))")
        }
        if let count = outcomes[.leftOut] {
            lines.append("not asked for    \(grouped(Int64(count)))")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
