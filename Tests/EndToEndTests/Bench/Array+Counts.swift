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

extension [String: Int64] {
    /// Sums latest counts by what a truth file has rows for: year, country, app and acquisition.
    var grouped: [String: Int64] {
        var units: [String: Int64] = [:]
        for (key, count) in self {
            // ["day","store",app,storeApp,"country","acquisition","topic",partition,segment]
            let parts = key.dropFirst().split(separator: ",").map {
                $0 == "null" ? "" : String($0.filter { $0 != "\"" })
            }
            let group = [String(parts[0].prefix(4)), parts[4], parts[1], parts[2], parts[3]]
            units[(group + [parts[5]]).joined(separator: " "), default: 0] += count
        }
        return units.filter { $0.value != 0 }
    }
}
