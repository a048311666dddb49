import Events
import Kafka
import ServiceKit

extension DownloadReport {
    /// The report in the form asked for; the table and JSON say what the figures cover.
    func text(_ format: OutputFormat) -> String {
        switch format {
        case .table: sheet.table + "\n" + coverageNote + "\n"
        case .csv: sheet.csv
        case .json: json
        }
    }

    /// Until where the figures count, in words.
    var coverageNote: String {
        let keys = "\(grouped(keyCount, "key")), \(grouped(recordCount, "record"))"
        guard !coverage.isEmpty else { return keys + ": nothing has been counted yet" }
        var parts: [String] = []
        var topic: String?
        for (partition, offset) in coverage {
            if partition.topic != topic { parts.append(partition.topic) }
            topic = partition.topic
            parts.append("\(partition.partition):\(offset)")
        }
        return keys + "; counted through " + parts.joined(separator: " ")
    }

    private var sheet: Sheet {
        let isBrokenDown = query.grouping.contains(.acquisition)
        let acquisition = query.acquisition?.word ?? "all"
        var sheet = Sheet(
            query.grouping.flatMap(\.columns)
                + (isBrokenDown ? [] : [.text("acquisition")]) + [.number("count")]
        )
        for row in rows {
            let constant: [Sheet.Cell] = isBrokenDown ? [] : [.text(acquisition)]
            sheet.append(row.labels + constant + [.number(row.count)])
        }
        var totals = [Sheet.Cell](repeating: .absent, count: sheet.columns.count - 1)
        totals[0] = .text("total")
        sheet.total = totals + [.number(total)]
        return sheet
    }

    private var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("report")
        writer.string("downloads")
        writer.key("rows")
        sheet.writeRows(to: &writer)
        writer.key("total")
        writer.integer(total)
        writer.key("keys")
        writer.integer(keyCount)
        writer.key("records")
        writer.integer(recordCount)
        writer.key("covers")
        writer.beginArray()
        for (partition, offset) in coverage {
            writer.beginObject()
            writer.key("topic")
            writer.string(partition.topic)
            writer.key("partition")
            writer.integer(partition.partition)
            writer.key("throughOffset")
            writer.integer(offset)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.line
    }
}

extension DownloadQuery.Dimension {
    /// The columns that a dimension takes.
    fileprivate var columns: [Sheet.Column] {
        self == .app ? [.text("app"), .text("title")] : [.text(rawValue)]
    }
}
