import Events
import ServiceKit

/// What a load did.
struct LoadSummary: Sendable, Equatable {
    /// Lines that were not blank.
    var read: Int64 = 0
    /// Events the broker acknowledged; in a dry run, events that keep the contract.
    var accepted: Int64 = 0
    /// Events that were sent and not acknowledged.
    var unacknowledged: Int64 = 0
    /// Events that break the contract, by reason.
    var rejected: [Rejection.Reason: Int64] = [:]
    var bytes: Int64 = 0
    var elapsed: Duration = .zero
    var isStopped = false
    var isDryRun = false

    var rejectedCount: Int64 { rejected.values.reduce(0, +) }

    /// Several lines for people, without a line end.
    var text: String {
        let seconds = elapsed / .seconds(1)
        let rate = seconds > 0 ? Int64(Double(read) / seconds) : 0
        var lines = [
            "read      \(grouped(read, "event")) in \(spokenDuration(elapsed)), "
                + "\(grouped(rate))/s",
            (isDryRun ? "valid     " : "accepted  ") + grouped(accepted)
                + (isDryRun ? " (dry run, nothing was sent)" : ""),
            "rejected  \(grouped(rejectedCount))\(reasons)",
        ]
        if unacknowledged > 0 {
            lines.append("unknown   \(grouped(unacknowledged)) sent but not acknowledged")
        }
        if isStopped { lines.append("stopped   before the end of the input") }
        return lines.joined(separator: "\n")
    }

    private var reasons: String {
        guard !rejected.isEmpty else { return "" }
        let parts = rejected.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "\($0.key.rawValue) \(grouped($0.value))" }
        return " (" + parts.joined(separator: ", ") + ")"
    }
}
