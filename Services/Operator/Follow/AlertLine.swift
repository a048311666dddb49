import BanRules
import Events
import ServiceKit

/// A flag in one line for people.
struct AlertLine {
    private let flag: Flag

    init(_ flag: Flag) {
        self.flag = flag
    }

    /// The line, without a line feed; its columns stand below each other as long as ids are of the
    /// usual length.
    func text(isColoured: Bool = false) -> String {
        let cells: [(text: String, width: Int)] = [
            (flag.time.description, 20),
            (disposition, 10),
            (flag.ruling.target, 12),
            (what, 38),
            (flag.ruling.jurisdiction.country, 2),
            (size, 14),
            (state, 13),
            (flag.ruling.directive.citation, 0),
        ]
        var line = ""
        for (index, cell) in cells.enumerated() {
            let text = cell.text.printable
            let isDisposition = index == 1
            line += isDisposition && isColoured ? coloured(text) : text
            guard index < cells.count - 1 else { break }
            line += String(repeating: " ", count: max(0, cell.width - displayWidth(text)) + 2)
        }
        return line
    }

    private var disposition: String { flag.ruling.disposition }

    private func coloured(_ text: String) -> String {
        disposition == Disposition.prohibited.rawValue
            ? Style.bold(Style.red(text)) : Style.yellow(text)
    }

    /// The app in its store, or the payment and how far it went.
    private var what: String {
        if let store = flag.facts.store {
            return "\(store) \(flag.facts.appID ?? flag.facts.storeAppID ?? "")"
        }
        let status = flag.facts.status.map { " \($0)" } ?? ""
        return "payment \(flag.facts.transactionID ?? flag.origin.id)\(status)"
    }

    /// What it is worth, or how many downloads it is.
    private var size: String {
        if let amount = flag.facts.amount {
            return "\(amount) \(flag.facts.currency ?? "")"
        }
        guard let units = flag.facts.units else { return "" }
        return "\(grouped(units)) \(units == 1 ? "unit" : "units")"
    }

    private var state: String {
        let reason = flag.ruling.reason.map { " (\($0))" } ?? ""
        return flag.ruling.interval.state + reason
    }
}
