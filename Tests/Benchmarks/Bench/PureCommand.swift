import ArgumentParser
import BanRules
import BenchmarkKit

/// Times the pure path: bytes to validated event to verdict to counts, no Kafka.
struct PureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pure",
        abstract: "Screen so many events in memory and print what each step costs."
    )

    @Option(help: "How many events.")
    var events = 500_000

    @Option(help: "Records of a batch.")
    var batch = 10_000

    @Option(help: "How often to go over all events; the best time counts.")
    var rounds = 5

    @Option(help: "Screen by a made-up directive with so many targets, not by the shipped ones.")
    var targets: Int?

    func run() throws {
        let rules = try targets.map { try RuleSet(ManyTargets.directive(targets: $0)) }
        let figures = PurePath(try rules ?? .shipped()).best(
            of: rounds,
            EventTape(count: events),
            batch: batch
        )
        print("scan \(format(figures.scan)) ns/event")
        print("screen \(format(figures.screen)) ns/event")
        print("write \(format(figures.write)) ns/event")
    }
}
