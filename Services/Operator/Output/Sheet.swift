import Events
import ServiceKit

/// Rows and columns of data, printable as a table, as CSV and as JSON.
struct Sheet {
    /// One value.
    enum Cell: Equatable {
        case text(String)
        case number(Int64)
        case money(Money)
        case absent
    }

    /// What stands below each other.
    struct Column {
        /// The name in CSV and JSON.
        let name: String
        /// The heading in a table.
        let heading: String
        let isNumber: Bool

        static func text(_ name: String, heading: String? = nil) -> Column {
            Column(name: name, heading: heading ?? name.uppercased(), isNumber: false)
        }

        static func number(_ name: String, heading: String? = nil) -> Column {
            Column(name: name, heading: heading ?? name.uppercased(), isNumber: true)
        }
    }

    let columns: [Column]
    private(set) var rows: [[Cell]] = []
    /// The last line of a table; CSV and JSON rows leave it out, so that a column still sums.
    var total: [Cell]?

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; there must be one cell for each column.
    mutating func append(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }
}

extension Sheet {
    /// Aligned columns with a heading and the total, numbers in groups of three digits.
    var table: String {
        var table = TextTable(
            columns.map { $0.isNumber ? .number($0.heading) : .text($0.heading) }
        )
        for row in rows { table.append(row.map(\.readable)) }
        if let total { table.append(total.map(\.readable)) }
        return table.text(isColoured: Terminal.isColoured(.data))
    }

    /// The rows below a header of names.
    var csv: String {
        var csv = CSVText()
        csv.append(columns.map(\.name))
        for row in rows { csv.append(row.map(\.plain)) }
        return csv.text
    }

    /// Appends the rows as an array of objects; absent cells are left out.
    func writeRows(to writer: inout JSONWriter) {
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            for (column, cell) in zip(columns, row) where cell != .absent {
                writer.key(column.name)
                cell.write(to: &writer)
            }
            writer.endObject()
        }
        writer.endArray()
    }

    /// The rows in the form asked for.
    func text(_ format: OutputFormat) -> String {
        switch format {
        case .table: table
        case .csv: csv
        case .json: json
        }
    }

    /// The rows alone as one line of JSON.
    var json: String {
        var writer = JSONWriter()
        writeRows(to: &writer)
        return writer.line
    }
}

extension Sheet.Cell {
    /// An absent cell for nil.
    static func optional(_ text: String?) -> Self { text.map(Self.text) ?? .absent }

    fileprivate var plain: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .money(let money): money.plain
        case .absent: ""
        }
    }

    fileprivate var readable: String {
        switch self {
        case .text(let text): text.printable
        case .number(let number): ServiceKit.grouped(number)
        case .money(let money): money.grouped
        case .absent: ""
        }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .text(let text): writer.string(text)
        case .number(let number): writer.integer(number)
        case .money(let money): writer.string(money.plain)
        case .absent: writer.null()
        }
    }
}

extension Money {
    /// The amount with commas between groups of three digits, and with two decimals at least if it
    /// has any.
    var grouped: String {
        let parts = description.split(separator: ".")
        let whole = ServiceKit.grouped(nanos / 1_000_000_000)
        guard parts.count == 2 else { return whole }
        return whole + "." + parts[1] + (parts[1].count == 1 ? "0" : "")
    }

    /// The amount without commas, with two decimals at least if it has any.
    var plain: String {
        let text = description
        return text.dropLast(1).hasSuffix(".") ? text + "0" : text
    }
}

extension JSONWriter {
    /// What has been written, as a line of text.
    var line: String { String(decoding: bytes, as: UTF8.self) + "\n" }
}
