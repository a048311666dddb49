import ArgumentParser
import BenchmarkKit

/// Tells what a count key costs in memory; in a process of its own, whose memory is fresh.
struct MemoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "Hold so many count keys and print the bytes that each one costs."
    )

    @Argument(help: "How many count keys.")
    var keys: Int

    func run() throws {
        print(CountMemory.bytesPerKey(keys))
    }
}
