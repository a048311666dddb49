import BanRules
import BenchmarkKit
import Events
import Foundation

/// What needs no broker.
extension SuiteCommand {
    func measurePurePath(_ report: inout Report) async throws {
        let files = try EventFiles(count: 300_000)
        let dom = try await Self.dom(files)
        let tape = EventTape(count: 300_000)
        let figures = PurePath(try .shipped()).best(of: 5, tape)
        let (scan, screen, write) = (figures.scan, figures.screen, figures.write)
        report.keep("pure.scan.ns", scan)
        report.keep("pure.screen.ns", screen)
        report.keep("pure.write.ns", write)
        report.keep("pure.dom.ns", dom)
        report.add(
            "validated scan against simdjson's DOM parse",
            asked: "≥ 1.0",
            measured: "\(format(dom / scan)) (\(Int(scan)) ns to \(Int(dom)) ns an event)",
            isMet: scan <= dom,
            profile: "all in one pass over the bytes; `deploy/instructions` counts them"
        )
        report.add(
            "pure path, bytes to counts, one core",
            asked: "≥ 3.0 M/s",
            measured: "\(format(1e3 / screen)) M/s (\(Int(screen)) ns; JSON of counts and journal"
                + " \(Int(write)) ns more)",
            isMet: 1e3 / screen >= 3,
            profile:
                "the scan is \(Int(scan)) of the \(Int(screen)) ns; the rest is looking up names"
                + " and ids, the mark's hash, the tables of marks, apps and counts"
        )
    }

    private static func dom(_ files: EventFiles) async throws -> Double {
        struct Line: Decodable { var nanoseconds_per_event: Double }
        let program = try Yardsticks.path("dom")
        let output = try await runToEnd(program, files.files.map(\.path))
        return try JSONDecoder().decode(Line.self, from: Data(output.utf8)).nanoseconds_per_event
    }

    func measureGrowth(_ report: inout Report) async throws {
        let tape = EventTape(count: 500_000)
        var times: [Int: Double] = [:]
        for count in [10, 1_000, 100_000] {
            let rules = try RuleSet(ManyTargets.directive(targets: count))
            times[count] = PurePath(rules).best(of: 3, tape).screen
            note("\(count) targets: \(Int(times[count] ?? 0)) ns an event")
            report.keep("growth.targets.\(count).ns", times[count] ?? 0)
        }
        let targets = (times[100_000] ?? 0) / (times[10] ?? 1)
        report.add(
            "time of an event, 100,000 targets to 10",
            asked: "≤ 1.10",
            measured: format(targets),
            isMet: targets <= 1.1,
            profile:
                "\(Int(times[10] ?? 0)) ns to \(Int(times[100_000] ?? 0)) ns: as many steps, but"
                + " tables that fit no cache near the core"
        )
        let one = PurePath(try RuleSet(ManyTargets.shippedDirectives(1))).best(of: 3, tape).screen
        let six = PurePath(try RuleSet(ManyTargets.shippedDirectives(6))).best(of: 3, tape).screen
        report.keep("growth.directives.1.ns", one)
        report.keep("growth.directives.6.ns", six)
        report.add(
            "time of an event, 6 directives to 1",
            asked: "≤ 1.10",
            measured: format(six / one),
            isMet: six / one <= 1.1,
            profile: "\(Int(one)) ns to \(Int(six)) ns"
        )
        for keys in [250_000, 500_000, 1_000_000] {
            let told = try await runToEnd("Bench", ["memory", "\(keys)"])
            let bytes = Double(told.filter { !$0.isWhitespace }) ?? .nan
            report.keep("growth.bytesPerCountKey.\(keys)", bytes)
            report.add(
                "memory for a count key, \(keys) keys",
                asked: "≤ 64 bytes",
                measured: format(bytes),
                isMet: bytes <= 64
            )
        }
    }
}
