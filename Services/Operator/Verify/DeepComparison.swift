import Events
import Kafka
import ServiceKit

/// What judging everything again gives, against the flags and counts on the topics; one thread.
struct DeepComparison {
    private(set) var residues: [String] = []
    private(set) var notes: [String] = []

    /// Judges partition by partition, then reads flags and counts once.
    init(
        _ connection: Connection,
        _ audits: [PartitionAudit],
        _ history: RuleHistory,
        horizon: Int
    ) throws {
        var deep: [TopicPartition: DeepAudit] = [:]
        for audit in audits {
            let input = InputTopic.allCases.first { connection.topics.input($0) == audit.topic }
            guard let input else { continue }
            var judged = DeepAudit(audit, history, horizon: horizon)
            try judged.run(connection, input: input)
            let place = TopicPartition(topic: audit.topic, partition: audit.partition)
            residues += judged.residues.map { "\(place.name): \($0)" }
            if !judged.passedOver.isEmpty {
                notes.append(
                    "\(place.name): \(judged.passedOver.count) batches could not be judged again;"
                        + " their flags and counts are not compared"
                )
            }
            deep[place] = judged
        }
        try compareFlags(connection, deep)
        try compareCounts(connection, deep)
    }

    private mutating func compareFlags(
        _ connection: Connection,
        _ deep: [TopicPartition: DeepAudit]
    ) throws {
        var open = deep.mapValues(\.flags)
        let scan = try TopicScan(connection, topic: connection.topics.flaggedTransactions)
        try scan.readToEnd { info, _, value in
            guard let flag = try? Flag(value: value) else {
                residues.append("flagged-transactions \(info.partition):\(info.offset) is no flag")
                return
            }
            let place = TopicPartition(topic: flag.origin.topic, partition: flag.origin.partition)
            guard let judged = deep[place] else { return }
            guard let expected = open[place]?.removeValue(forKey: flag.id) else {
                let isUnknown = judged.flags[flag.id] == nil
                let wasPassedOver = judged.passedOver.contains { $0.contains(flag.origin.offset) }
                if isUnknown, !wasPassedOver {
                    residues.append(
                        "\(place.name): flag \(flag.id) of offset \(flag.origin.offset) is not"
                            + " what the event gives"
                    )
                }
                return
            }
            if !value.holds(expected) {
                residues.append(
                    "\(place.name): flag \(flag.id) of offset \(flag.origin.offset) differs from"
                        + " what the event gives"
                )
            }
        }
        for (place, flags) in open.sorted(by: { $0.key < $1.key }) {
            residues += flags.keys.sorted().map { "\(place.name): flag \($0) is missing" }
        }
    }

    private mutating func compareCounts(
        _ connection: Connection,
        _ deep: [TopicPartition: DeepAudit]
    ) throws {
        var latest: [String: DownloadCount] = [:]
        let scan = try TopicScan(connection, topic: connection.topics.downloadCounts)
        try scan.readToEnd { info, key, value in
            let name = key.text
            guard info.hasValue else {
                latest[name] = nil
                return
            }
            guard let count = try? DownloadCount(value: value) else {
                residues.append("download-counts \(info.partition):\(info.offset) is no count")
                return
            }
            if let held = latest[name], held.throughOffset > count.throughOffset { return }
            latest[name] = count
        }
        var found: [TopicPartition: [DeepAudit.CountKey: Int64]] = [:]
        for count in latest.values {
            let place = TopicPartition(
                topic: count.dimensions.topic,
                partition: count.dimensions.partition
            )
            found[place, default: [:]][DeepAudit.CountKey(count), default: 0] += count.count
        }
        for (place, judged) in deep.sorted(by: { $0.key < $1.key }) where judged.passedOver.isEmpty
        {
            let actual = found[place] ?? [:]
            for key in Set(actual.keys).union(judged.counts.keys)
            where actual[key] ?? 0 != judged.counts[key] ?? 0 {
                let app = key.app.appID ?? key.app.storeAppID ?? ""
                residues.append(
                    "\(place.name): \(key.day) \(app) \(key.country) \(key.acquisition.word) counts"
                        + " \(actual[key] ?? 0), its events give \(judged.counts[key] ?? 0)"
                )
            }
        }
    }
}

extension RawSpan {
    /// Whether the bytes are these.
    fileprivate func holds(_ bytes: [UInt8]) -> Bool {
        guard byteCount == bytes.count else { return false }
        return unsafe withUnsafeBytes { unsafe $0.elementsEqual(bytes) }
    }
}

extension TopicPartition {
    /// `appstore-events:2`, as places are written everywhere in the tool.
    fileprivate var name: String { "\(topic):\(partition)" }
}
