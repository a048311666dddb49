import TestSupport

/// What an independent reader finds on the topics, against the truth of the stream.
struct ChaosFindings {
    /// Records on the inputs, as kcat counts them.
    let received: Int
    /// Flags under every directive.
    let flags: Int
    /// Flags of the order that the truth knows and the topic lacks, or has too many.
    let lost: Int
    /// Flags whose id stands on the topic more than once.
    let repeated: Int
    /// Counts that are not the truth's.
    let countDifferences: [String]
    let deadLetters: Int
    /// Partitions whose journal does not account for every record.
    let residues: [String]
    let words: String

    init(_ bench: Bench, _ truth: StreamTruth) async throws {
        let flagged = try await bench.topics.records(of: "flagged-transactions")
        let ids = flagged.map { $0.key ?? "" }
        flags = flagged.count
        repeated = ids.count - Set(ids).count
        var lines: [String: Int64] = [:]
        for flag in flagged where flag.member("data.directive.id") == "us-eo-13971" {
            let act = Self.act(flag)
            let words = ["data.target", "data.state", "data.disposition"]
                .map { flag.member($0) ?? "" }
            lines["\(words[0]),\(act),\(words[1]),\(words[2])", default: 0] += 1
        }
        let found = Set(lines.map { "\($0.key),\($0.value)" })
        lost = truth.flagLines.symmetricDifference(found).count
        words =
            "missing \(truth.flagLines.subtracting(found).sorted().prefix(5)),"
            + " found \(found.subtracting(truth.flagLines).sorted().prefix(5))"

        let counts = try await bench.topics.records(of: "download-counts").latestCounts.grouped
        let units = truth.units
        countDifferences = Set(counts.keys).union(units.keys)
            .filter { counts[$0] != units[$0] }.sorted()
            .map { "\($0): \(counts[$0] ?? 0) instead of \(units[$0] ?? 0)" }
        deadLetters = try await bench.topics.records(of: "dead-letters").count

        var received = 0
        var residues: [String] = []
        for input in Bench.inputs {
            let journal = try await bench.journalEnds(of: input)
            let records = try await bench.topics.counts(of: input)
            for (partition, count) in records.sorted(by: { $0.key < $1.key }) where count > 0 {
                received += count
                let end = journal[partition]
                if end?.isConserved != true || end?.received != Int64(count) {
                    residues.append(
                        "\(input) \(partition): \(count) records, the journal says \(end as Any)"
                    )
                }
            }
        }
        self.received = received
        self.residues = residues
    }

    /// The act that an event reports, by its own words.
    private static func act(_ flag: KafkaRecord) -> String {
        switch flag.member("data.event.type") {
        case "cordon.app.purchase": "purchase"
        case "cordon.payment.transaction": "payment"
        default:
            switch flag.member("data.event.data.acquisition") {
            case "redownload": "redownload"
            case "update": "update"
            default: "download"
            }
        }
    }
}
