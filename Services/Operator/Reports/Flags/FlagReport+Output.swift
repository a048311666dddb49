import Events
import ServiceKit

extension FlagReport {
    /// The report in the form asked for.
    func text(_ format: OutputFormat) -> String {
        switch format {
        case .table: sheet.table + "\n" + note + "\n"
        case .csv: sheet.csv
        case .json: json
        }
    }

    /// What the figures are made of, in words.
    var note: String {
        let flags = grouped(total.flags, "flag")
        let records = "\(flags) on \(grouped(total.events, "distinct event"))"
        let money =
            switch query.money {
            case .all: "amounts of every status"
            case .only(let status): "amounts of \(status.word) payments"
            }
        return "\(records), \(grouped(recordCount, "record")) read; \(money)"
    }

    private var currencies: [CurrencyCode] { total.amounts.keys.sorted() }

    private var sheet: Sheet {
        var sheet = Sheet(
            query.grouping.map { .text($0.rawValue) }
                + [.number("flags"), .number("events"), .number("units")]
                + currencies.map { .number("amount_\($0)", heading: "\($0)") }
        )
        for row in rows {
            sheet.append(row.labels.map(Sheet.Cell.text) + cells(row.figures))
        }
        var totals = [Sheet.Cell](repeating: .absent, count: query.grouping.count)
        totals[0] = .text("total")
        sheet.total = totals + cells(total)
        return sheet
    }

    private func cells(_ figures: Figures) -> [Sheet.Cell] {
        let counts: [Sheet.Cell] = [
            .number(Int64(figures.flags)), .number(Int64(figures.events)), .number(figures.units),
        ]
        return counts
            + currencies.map { figures.amounts[$0].map(Sheet.Cell.money) ?? .absent }
    }

    private var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("report")
        writer.string("flags")
        writer.key("rows")
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            for (dimension, label) in zip(query.grouping, row.labels) where !label.isEmpty {
                writer.key(dimension.rawValue)
                writer.string(label)
            }
            row.figures.write(to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("total")
        writer.beginObject()
        total.write(to: &writer)
        writer.endObject()
        writer.key("records")
        writer.integer(recordCount)
        writer.endObject()
        return writer.line
    }
}

extension FlagReport.Figures {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("flags")
        writer.integer(flags)
        writer.key("events")
        writer.integer(events)
        writer.key("units")
        writer.integer(units)
        writer.key("amounts")
        writer.beginObject()
        for (currency, amount) in amounts.sorted(by: { $0.key < $1.key }) {
            writer.key(currency.description)
            writer.string(amount.plain)
        }
        writer.endObject()
    }
}
