import TestSupport

extension Array where Element == KafkaRecord {
    /// What a downstream upsert by key keeps of `download-counts`: the latest count of each key.
    var latestCounts: [String: Int64] {
        var latest: [String: Int64] = [:]
        for record in self {
            latest[record.key ?? ""] = record.member("count").flatMap { Int64($0) }
        }
        return latest
    }
}
