import BanRules
import BenchmarkKit

/// Takes one step of the pure path, named on the command line, for a counter of instructions to
/// watch.
///
/// Prints how many events it took. A program of its own, because the counter does not bear
/// the threads that a larger one starts.
@main
enum Counted {
    static func main() throws {
        let name = CommandLine.arguments.last ?? ""
        guard let step = CountedSteps.Step(rawValue: name) else {
            let known = CountedSteps.Step.allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("no step \(name); run it through deploy/instructions: \(known)")
        }
        CountedSteps(try .shipped()).run(step)
        print(CountedSteps.events)
    }
}
