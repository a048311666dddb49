import BanRules
import CoreMetrics
import Events
import Kafka
import Logging
import RuleFeed
import ServiceKit
import ServiceLifecycle

/// Follows the published rules, so that whoever sends events can ask the door by which law they
/// will be judged.
///
/// Ingest itself judges nothing; it answers and takes events also while the rules are not known.
final class RulesFollower: Service {
    private let feed: RuleFeed
    private let stop = StopSignal()

    /// Nothing runs and nothing connects yet.
    ///
    /// - Throws: ``ToolFailure`` with every problem of the files of `CORDON_RULES`.
    init(_ configuration: IngestConfiguration, telemetry: Telemetry) throws(ToolFailure) {
        let files: ActiveRules
        do throws(RuleProblems) {
            files = try ActiveRules(askedBy: configuration.rules)
        } catch {
            throw ToolFailure("the rules cannot be used\n\(error)", exit: .usage)
        }
        let registry = telemetry.registry
        let name = "cordon_ingest_rules_info"
        registry.describe(name, "1 for the rule set in force, by digest.")
        registry.meter(name, [("digest", files.ruleSet.digest)]).set(1)
        feed = RuleFeed(
            files: files,
            kafka: configuration.kafka,
            topic: configuration.topics.banRules,
            logger: telemetry.logger,
            listener: RuleFeed.Listener(
                switched: { before, after in
                    registry.meter(name, [("digest", before.ruleSet.digest)]).set(0)
                    registry.meter(name, [("digest", after.ruleSet.digest)]).set(1)
                },
                refused: { _, _ in },
                waiting: { _ in }
            )
        )
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            try? await onDedicatedThread(named: "rules") {
                self.feed.run(
                    until: { self.stop.isRequested },
                    pause: { self.stop.wait(atMost: $0) }
                )
            }
        } onGracefulShutdown: {
            self.stop.request()
        }
    }

    /// The set in force as one JSON object: digest, source, and each directive with its digest.
    var summary: String {
        let rules = feed.active
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("digest")
        writer.string(rules.ruleSet.digest)
        writer.key("source")
        writer.string(rules.source.description)
        writer.key("directives")
        writer.beginArray()
        for directive in rules.ruleSet.directives {
            writer.beginObject()
            for (name, value) in [
                ("id", directive.id), ("title", directive.title),
                ("citation", directive.citation), ("digest", directive.digest),
            ] {
                writer.key(name)
                writer.string(value)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}
