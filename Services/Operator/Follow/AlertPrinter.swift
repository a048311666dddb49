import BanRules
import Events
import Kafka
import ServiceKit

/// Which flags are printed.
struct AlertFilter {
    /// Empty for all.
    var targets: Set<String> = []
    /// Empty for all.
    var directives: Set<String> = []
    /// Nil for both.
    var disposition: Disposition?

    func selects(_ flag: Flag) -> Bool {
        if let disposition, flag.ruling.disposition != disposition.rawValue { return false }
        guard directives.isEmpty || directives.contains(flag.ruling.directive.id) else {
            return false
        }
        return targets.isEmpty || targets.contains(flag.ruling.target)
    }
}

/// Prints the flags of a batch, and a line on standard error for what is no flag.
struct AlertPrinter: Sendable {
    let filter: AlertFilter
    let format: AlertsCommand.Format
    let isColoured: Bool

    func print(_ batch: borrowing RecordBatch, topic: String) throws {
        var output = StandardOutput()
        for index in 0..<batch.count {
            let line = batch.withRecord(at: index) { info, _, value in
                rendered(info, value, topic: topic)
            }
            if let line { try output.write(line) }
        }
        try output.flush()
    }

    /// Nil for a flag that is not asked for and for what is no flag.
    private func rendered(_ info: RecordInfo, _ value: RawSpan, topic: String) -> String? {
        do throws(Rejection) {
            let flag = try Flag(value: value)
            return filter.selects(flag) ? text(flag, value) : nil
        } catch {
            Terminal.writeError(
                "cordon: \(topic) \(info.partition):\(info.offset) is no flag: \(error)\n"
            )
            return nil
        }
    }

    private func text(_ flag: Flag, _ value: RawSpan) -> String {
        switch format {
        case .text: AlertLine(flag).text(isColoured: isColoured) + "\n"
        // Outside of strings JSON may be broken over lines, inside of them it cannot.
        case .json:
            String(decoding: value.bytes.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self) + "\n"
        }
    }
}
