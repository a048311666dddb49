import ArgumentParser
import BanRules
import Events
import Foundation
import Kafka
import RuleFeed
import ServiceKit

/// `cordon rules publish`: makes a set the one that everybody judges by.
struct RulesPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Write a rule set to ban-rules, for both services and this tool.",
        discussion: """
            The set is checked and its tests are run first; one mistake, and nothing is written. \
            Directives and manifest are one transaction, and screening switches between two of its \
            own. A directive that is not among the files leaves the set: law that ended belongs \
            into its lifecycle instead. What was published before stays on the topic.

            Examples:
              cordon rules publish my-rules/ --author "A. Officer"
              cordon rules publish --dry-run my-rules/
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Directive files, or directories of them; CORDON_RULES or the shipped set otherwise.",
            valueName: "path"
        )
    )
    var paths: [String] = []

    @Option(help: ArgumentHelp("Who publishes; it stands in the manifest.", valueName: "name"))
    var author: String?

    @ArgumentParser.Flag(help: "Say what would change, and write nothing.")
    var dryRun = false

    @OptionGroup var broker: BrokerOptions

    func run() async throws {
        let ruleSet = try verified()
        let connection = try broker.connection()
        let before = try await connection.onThread { connection in
            let setting = RuleSetting()
            let files = try setting.load()
            return try setting.published(connection) ?? files
        }
        try StandardOutput.print(Difference(from: before.ruleSet, to: ruleSet).text)
        guard !dryRun else { return }
        if before.ruleSet.digest == ruleSet.digest, case .published = before.source {
            Terminal.writeError("this set is the one published already; nothing written\n")
            return
        }
        let manifest = RuleManifest(ruleSet, publishedAt: .now, author: author)
        try await connection.onThread { connection in
            try RulePublisher(connection).publish(ruleSet, manifest)
        }
        try StandardOutput.print("published \(ruleSet.digest)\n")
    }

    /// The set, if there is nothing wrong with it.
    private func verified() throws -> RuleSet {
        let ruleSet: RuleSet
        do throws(RuleProblems) {
            let files =
                paths.isEmpty ? try RuleSetting().files() : try RulesCheckCommand.files(at: paths)
            ruleSet = try RuleSet(files)
        } catch {
            try StandardOutput.print(error.description + "\n")
            throw ToolFailure(
                "\(grouped(Int64(error.problems.count), "problem")) found; nothing was published"
            )
        }
        let failures = ruleSet.failures()
        guard failures.isEmpty else {
            try StandardOutput.print(failures.map { "\($0)\n" }.joined())
            throw ToolFailure(
                "\(grouped(Int64(failures.count), "test")) failed; nothing was published"
            )
        }
        return ruleSet
    }
}

extension RulesPublishCommand {
    /// What a set changes of another one.
    struct Difference {
        private let before: [String: String]
        private let after: [String: String]

        init(from before: RuleSet, to after: RuleSet) {
            func digests(_ ruleSet: RuleSet) -> [String: String] {
                .init(uniqueKeysWithValues: ruleSet.directives.map { ($0.id, $0.digest) })
            }
            self.before = digests(before)
            self.after = digests(after)
        }

        /// A line for each directive of either set.
        var text: String {
            Set(before.keys).union(after.keys).sorted()
                .map { id in
                    let word =
                        switch (before[id], after[id]) {
                        case (nil, _): "added"
                        case (_, nil): "removed"
                        case let (old, new): old == new ? "unchanged" : "changed"
                        }
                    return "\(word)\(String(repeating: " ", count: 10 - word.count))\(id)\n"
                }
                .joined()
        }
    }
}

/// Writes rule sets; one thread.
struct RulePublisher {
    private let producer: TransactionalProducer
    private let topic: ProducerTopic
    private let timeLimit: Duration

    /// Connects; the topic must be there, lest the broker makes one of another kind.
    init(_ connection: Connection) throws {
        let reader = try connection.reader()
        defer { reader.close() }
        let name = connection.topics.banRules
        let partitions = try connection.partitions(of: name, reader)
        guard partitions.count == 1 else {
            throw ToolFailure("\(name) has \(partitions.count) partitions, it must have one")
        }
        producer = try connection.transactionalProducer(id: name + ".publisher")
        topic = try producer.topic(name)
        timeLimit = connection.timeLimit
    }

    /// Writes a set and its manifest in one transaction.
    func publish(_ ruleSet: RuleSet, _ manifest: RuleManifest) throws(KafkaError) {
        defer { producer.close() }
        try producer.initialise(timeLimit: timeLimit)
        try producer.begin()
        for directive in ruleSet.directives {
            try send(key: directive.id, value: directive.canonicalJSON)
        }
        var writer = JSONWriter()
        manifest.writeValue(to: &writer)
        try send(key: RuleManifest.key, value: writer.bytes)
        try producer.commit(timeLimit: timeLimit)
    }

    private func send(key: String, value: [UInt8]) throws(KafkaError) {
        let name = Array(key.utf8)
        unsafe try producer.send(
            topic,
            partition: 0,
            key: name.span.bytes,
            value: value.span.bytes
        )
    }
}
