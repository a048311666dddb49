internal import BanRules
public import Kafka
public import Logging
internal import Synchronization

/// Follows `ban-rules` and holds the rule set that is in force, for any number of readers.
///
/// Until the topic has been read to its end once, nothing is known: a set may be published there
/// that takes the place of the files. Afterwards the files serve as long as there is none. A set
/// that cannot be used leaves the one before in place.
public final class RuleFeed: Sendable {
    /// What there is to tell; called on the feed's thread.
    public struct Listener: Sendable {
        /// Another set holds from now on in place of the one before.
        var switched: @Sendable (_ before: ActiveRules, _ after: ActiveRules) -> Void
        /// A set was published that cannot be used.
        var refused: @Sendable (_ offset: Int64, _ reason: String) -> Void
        /// What keeps the feed from knowing the rules; nil when nothing does.
        var waiting: @Sendable (String?) -> Void

        /// Takes what to do about each kind of news.
        public init(
            switched: @escaping @Sendable (_ before: ActiveRules, _ after: ActiveRules) -> Void,
            refused: @escaping @Sendable (_ offset: Int64, _ reason: String) -> Void,
            waiting: @escaping @Sendable (String?) -> Void
        ) {
            self.switched = switched
            self.refused = refused
            self.waiting = waiting
        }
    }

    private let kafka: KafkaConfiguration
    private let topic: String
    private let logger: Logger
    private let listener: Listener
    private let state: Mutex<ActiveRules>
    private let counter = Atomic<Int>(0)
    private let known = Atomic<Bool>(false)

    /// How long one question to the broker may take.
    private static let askLimit: Duration = .seconds(5)
    /// How long between two looks at the topic: two small requests each time.
    private static let pause: Duration = .milliseconds(250)

    /// - Parameter files: the rules that hold while none are published.
    public init(
        files: ActiveRules,
        kafka: KafkaConfiguration,
        topic: String,
        logger: Logger,
        listener: Listener
    ) {
        state = Mutex(files)
        self.kafka = kafka
        self.topic = topic
        self.logger = logger
        self.listener = listener
    }

    /// The rules in force.
    public var active: ActiveRules { state.withLock { $0 } }

    /// Grows when the rules change; one load, for a look between two batches.
    public var generation: Int { counter.load(ordering: .acquiring) }

    /// Whether ``active`` is what the topic says, and not only what the files say.
    public var isKnown: Bool { known.load(ordering: .acquiring) }

    /// Follows the topic until asked to stop; blocks its thread.
    ///
    /// A fault of the broker never ends it: what is known stays, and it tries again.
    public func run(until isStopped: @Sendable () -> Bool, pause wait: (Duration) -> Void) {
        while !isStopped() {
            do {
                try follow(until: isStopped, pause: wait)
            } catch {
                if !isKnown { listener.waiting("\(topic) cannot be read: \(error)") }
                logger.warning("rules not readable", metadata: ["error": "\(error)"])
                wait(Self.pause)
            }
        }
    }

    private func follow(until isStopped: () -> Bool, pause wait: (Duration) -> Void) throws {
        var rules = RuleTopic(try KafkaReader(kafka, logger: logger), topic: topic)
        defer { rules.close() }
        while !isStopped() {
            let release = try rules.look(timeLimit: Self.askLimit, refused: refuse)
            if let release, release.ruleSet.digest != active.ruleSet.digest || !isPublished {
                adopt(release)
            }
            know()
            wait(Self.pause)
        }
    }

    private var isPublished: Bool {
        if case .published = active.source { true } else { false }
    }

    private func know() {
        guard !isKnown else { return }
        known.store(true, ordering: .releasing)
        listener.waiting(nil)
    }

    private func adopt(_ release: PublishedRules.Release) {
        // Only the feed's thread replaces them, so nothing comes between.
        let before = active
        let adopted = before.replaced(by: release)
        state.withLock { $0 = adopted }
        counter.store(adopted.generation, ordering: .releasing)
        logger.notice(
            "rules switched",
            metadata: [
                "rules.digest": "\(release.ruleSet.digest)", "rules.source": "\(adopted.source)",
                "rules.directives": "\(release.ruleSet.directives.map(\.id))",
            ]
        )
        listener.switched(before, adopted)
    }

    private func refuse(_ offset: Int64, _ reason: String) {
        logger.error(
            "published rules refused, the set before stays",
            metadata: ["kafka.offset": "\(offset)", "reason": "\(reason)"]
        )
        listener.refused(offset, reason)
    }
}
