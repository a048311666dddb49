import Events
import Foundation
import Testing

@testable import BanRules

/// Events that a person labelled with the verdicts they deserve, from the law and not from this
/// code, against what the shipped rules say of them.
struct AccuracyTests {
    @Test func `exact methods are never wrong, approximate ones seldom`() throws {
        let cases = try LabelledEvent.all()
        #expect(cases.count >= 400)
        let index = RuleIndex(try RuleSet.shipped())
        var tallies: [String: AccuracyTally] = [:]
        var mistakes: [String] = []
        for labelled in cases {
            let found = try labelled.verdicts(index)
            let tally = AccuracyTally(expected: labelled.expected, found: found)
            tallies[labelled.kind, default: AccuracyTally()].add(tally)
            if !tally.isPerfect {
                mistakes.append("\(labelled.kind): \(labelled.name): \(tally.words)")
            }
        }
        for (kind, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            print("accuracy: \(kind): \(tally.summary)")
        }
        let exact = try #require(tallies["exact"])
        let fuzzy = try #require(tallies["fuzzy"])
        #expect(exact.precision == 1 && exact.recall == 1)
        #expect(mistakes == [])
        #expect(fuzzy.precision >= 0.95 && fuzzy.recall >= 0.95, "\(mistakes)")
    }
}

/// What was expected and what was found, verdict by verdict.
struct AccuracyTally {
    private(set) var hits = 0
    private(set) var missing: [String] = []
    private(set) var extra: [String] = []
    private(set) var events = 0

    init() {}

    init(expected: [LabelledVerdict], found: [LabelledVerdict]) {
        events = 1
        var open = found
        for verdict in expected {
            if let place = open.firstIndex(where: { verdict.accepts($0) }) {
                open.remove(at: place)
                hits += 1
            } else {
                missing.append(verdict.words)
            }
        }
        extra = open.map(\.words)
    }

    mutating func add(_ other: AccuracyTally) {
        hits += other.hits
        missing += other.missing
        extra += other.extra
        events += other.events
    }

    var isPerfect: Bool { missing.isEmpty && extra.isEmpty }
    var precision: Double { hits == 0 ? 0 : Double(hits) / Double(hits + extra.count) }
    var recall: Double { hits == 0 ? 0 : Double(hits) / Double(hits + missing.count) }
    var words: String { "missing \(missing), extra \(extra)" }

    var summary: String {
        let digits = { (value: Double) in String((value * 10_000).rounded() / 10_000) }
        return "\(events) events, \(hits + missing.count) verdicts expected, precision"
            + " \(digits(precision)), recall \(digits(recall))"
    }
}
