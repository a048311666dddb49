/// A table of text with aligned columns.
public struct TextTable: Sendable {
    /// A column: its heading, and on which side its cells stand.
    public struct Column: Sendable, Equatable {
        /// The heading; may be empty.
        public var title: String
        /// Whether cells stand on the right, as numbers should.
        public var isNumeric: Bool

        /// A column of text.
        public static func text(_ title: String) -> Column { Column(title, isNumeric: false) }

        /// A column of numbers, aligned on the right.
        public static func number(_ title: String) -> Column { Column(title, isNumeric: true) }

        private init(_ title: String, isNumeric: Bool) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    /// The columns, left to right.
    public let columns: [Column]
    private var rows: [[String]] = []

    /// A table without rows.
    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; cells that are missing at its end are empty.
    public mutating func append(_ row: [String]) {
        precondition(row.count <= columns.count, "a row has no more cells than there are columns")
        rows.append(row + Array(repeating: "", count: columns.count - row.count))
    }

    /// Whether there are no rows.
    public var isEmpty: Bool { rows.isEmpty }

    /// The table with its headings, a line for each row, without spaces at the ends of lines.
    ///
    /// - Parameters:
    ///   - isColoured: whether the headings are emphasised.
    ///   - widthLimit: lines are cut, with an ellipsis, to this many columns.
    public func text(isColoured: Bool = false, widthLimit: Int? = nil) -> String {
        let titles = columns.map(\.title)
        let widths = columns.indices.map { column in
            ([titles] + rows).map { displayWidth($0[column]) }.max() ?? 0
        }
        let head = cut(line(titles, widths), to: widthLimit)
        let body = rows.map { cut(line($0, widths), to: widthLimit) }
        let lines =
            titles.allSatisfy(\.isEmpty) ? body : [isColoured ? Style.bold(head) : head] + body
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = columns.indices.map { column in
            let space = String(
                repeating: " ",
                count: widths[column] - displayWidth(cells[column])
            )
            return columns[column].isNumeric ? space + cells[column] : cells[column] + space
        }
        let line = padded.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    private func cut(_ line: String, to limit: Int?) -> String {
        guard let limit, limit > 0, displayWidth(line) > limit else { return line }
        var width = 0
        let kept = line.prefix { character in
            width += displayWidth(String(character))
            return width < limit
        }
        return kept + "…"
    }
}

/// A whole number with commas between thousands, such as `4,400,000`.
public func grouped(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
        result.append(digit)
    }
    return result
}

/// So many of a regular noun: `1 key`, `4,400 keys`.
public func grouped(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}
