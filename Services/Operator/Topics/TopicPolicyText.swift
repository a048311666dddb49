/// A topic's policy in a few words.
enum TopicPolicyText {
    /// Such as `delete, kept 10 years`.
    static func text(_ configuration: [String: String]) -> String {
        guard let policy = configuration["cleanup.policy"] else { return "unknown" }
        guard policy.contains("delete") else { return policy }
        guard let retention = configuration["retention.ms"].flatMap(Int64.init) else {
            return policy
        }
        return "\(policy), kept \(period(milliseconds: retention))"
    }

    private static func period(milliseconds: Int64) -> String {
        guard milliseconds >= 0 else { return "for ever" }
        let hours = milliseconds / 3_600_000
        switch hours {
        case ..<1: return "\(milliseconds / 1_000) s"
        case ..<72: return "\(hours) h"
        case ..<17_532: return "\(hours / 24) days"
        default: return "\(hours / 8_766) years"
        }
    }
}
