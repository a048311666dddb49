import ArgumentParser
import BanRules
import BenchmarkKit
import Events
import Pipeline

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

    func run() throws {
        let input = EventTape(count: events)
        let path = try PurePath(RuleSet.shipped())
        var best: [String: Duration] = [:]
        for _ in 0..<rounds {
            for (step, time) in path.run(input, batch: batch) {
                best[step] = min(best[step] ?? .seconds(1_000_000), time)
            }
        }
        for (step, time) in best.sorted(by: { $0.key < $1.key }) {
            let nanoseconds =
                Double(time.components.attoseconds) / 1e9
                + Double(time.components.seconds) * 1e9
            print("\(step): \(nanoseconds / Double(input.count)) ns/event")
        }
    }
}
