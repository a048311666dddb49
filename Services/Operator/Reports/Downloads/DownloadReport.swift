import Events
import Kafka
import ServiceKit

/// Totals of downloads: the sum over the latest record of each key that a query selects.
struct DownloadReport {
    /// One line: the group's labels and its sum.
    struct Row: Equatable {
        let labels: [Sheet.Cell]
        let count: Int64
    }

    let query: DownloadQuery
    let rows: [Row]
    let total: Int64
    let keyCount: Int
    let recordCount: Int
    let coverage: [(partition: TopicPartition, throughOffset: Int64)]

    /// Adds up.
    ///
    /// - Throws: ``ToolFailure`` when a sum leaves 64 bits.
    init(_ table: CountTable, _ query: DownloadQuery, names: AppNames) throws(ToolFailure) {
        self.query = query
        let lines = table.apps.values.map { app in
            query.selects(app, names: names) ? names.line(of: app) : nil
        }
        var sums: [Group: Int64] = [:]
        var total: Int64 = 0
        for (key, entry) in table.latest where query.selects(key) {
            guard let line = lines[Int(key.app)] else { continue }
            let group = Group(key, line: line, store: table.apps[key.app].store, query.grouping)
            sums[group] = try Self.sum(sums[group] ?? 0, entry.count)
            total = try Self.sum(total, entry.count)
        }
        self.total = total
        rows = Self.ordered(
            sums.map { Row(labels: $0.key.labels(query.grouping), count: $0.value) },
            by: query.grouping
        )
        keyCount = table.latest.count
        recordCount = table.recordCount
        coverage = table.coverage
    }

    private static func sum(_ left: Int64, _ right: Int64) throws(ToolFailure) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw ToolFailure("the sum of the counts leaves 64 bits") }
        return sum
    }

    /// One dimension that is no time: the largest first; everything else: by the labels.
    private static func ordered(
        _ rows: [Row],
        by grouping: [DownloadQuery.Dimension]
    ) -> [Row] {
        let isRanking = grouping.count == 1 && !grouping.contains(where: \.isTime)
        return rows.sorted { left, right in
            if isRanking, left.count != right.count { return left.count > right.count }
            return left.labels.lexicographicallyPrecedes(right.labels) { $0.label < $1.label }
        }
    }
}

/// The dimensions of a key that a report is broken down by; all others are left out.
private struct Group: Hashable {
    var line: AppNames.Line?
    var store: String?
    var day: Day?
    var month: String?
    var year: String?
    var country: CountryCode?
    var acquisition: Acquisition?

    init(
        _ key: CountTable.Key,
        line: AppNames.Line,
        store: String,
        _ grouping: [DownloadQuery.Dimension]
    ) {
        for dimension in grouping {
            switch dimension {
            case .app: self.line = line
            case .store: self.store = store
            case .day: day = key.day
            case .month: month = String(key.day.description.prefix(7))
            case .year: year = String(key.day.description.prefix(4))
            case .country: country = key.country
            case .acquisition: acquisition = key.acquisition
            }
        }
    }

    func labels(_ grouping: [DownloadQuery.Dimension]) -> [Sheet.Cell] {
        grouping.flatMap { dimension -> [Sheet.Cell] in
            switch dimension {
            case .app: [.optional(line?.id), .optional(line?.title)]
            case .store: [.optional(store)]
            case .day: [.optional(day?.description)]
            case .month: [.optional(month)]
            case .year: [.optional(year)]
            case .country: [.optional(country?.description)]
            case .acquisition: [.optional(acquisition?.word)]
            }
        }
    }
}

extension DownloadQuery.Dimension {
    /// Whether rows stand in the order of time.
    fileprivate var isTime: Bool { self == .day || self == .month || self == .year }
}

extension Sheet.Cell {
    /// What rows are ordered by.
    fileprivate var label: String {
        if case .text(let text) = self { text } else { "" }
    }
}
