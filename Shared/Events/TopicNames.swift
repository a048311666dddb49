/// The names of all topics and of the consumer group, under one prefix.
public struct TopicNames: Sendable, Hashable {
    /// What stands before every name; empty by default.
    public let prefix: String

    /// Names under `prefix`, which `problem(inPrefix:)` should have found nothing wrong with.
    public init(prefix: String = "") {
        self.prefix = prefix
    }

    /// Events of app stores, in.
    public var appstoreEvents: String { prefix + "appstore-events" }
    /// Events of payment service providers, in.
    public var paymentTransactions: String { prefix + "payment-transactions" }
    /// Flags, out.
    public var flaggedTransactions: String { prefix + "flagged-transactions" }
    /// Counts of downloads, out, compacted.
    public var downloadCounts: String { prefix + "download-counts" }
    /// The journal beside `appstoreEvents`.
    public var appstoreJournal: String { prefix + "appstore-journal" }
    /// The journal beside `paymentTransactions`.
    public var paymentJournal: String { prefix + "payment-journal" }
    /// Published directives and manifests.
    public var banRules: String { prefix + "ban-rules" }
    /// What could not be screened.
    public var deadLetters: String { prefix + "dead-letters" }
    /// The consumer group of the screening service.
    public var screeningGroup: String { prefix + "cordon-screening" }

    /// Every topic, inputs first.
    public var all: [String] {
        [
            appstoreEvents, paymentTransactions, flaggedTransactions, downloadCounts,
            appstoreJournal, paymentJournal, banRules, deadLetters,
        ]
    }

    /// The full name of an input topic.
    public func input(_ topic: InputTopic) -> String {
        prefix + topic.name
    }

    /// The full name of the journal beside an input topic.
    public func journal(_ topic: InputTopic) -> String {
        switch topic {
        case .appstoreEvents: appstoreJournal
        case .paymentTransactions: paymentJournal
        }
    }

    /// The input topic of that full name, nil for any other name.
    public func inputTopic(named name: String) -> InputTopic? {
        InputTopic.allCases.first { input($0) == name }
    }

    /// What is wrong with a prefix, nil if nothing: Kafka's names have letters, digits, `.`, `_`
    /// and `-`, and at most 249 of them.
    public static func problem(inPrefix prefix: String) -> String? {
        let legal = prefix.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard legal else { return "only letters, digits, '.', '_' and '-' may stand in a prefix" }
        let longest = TopicNames().all.map(\.utf8.count).max() ?? 0
        let room = 249 - longest
        guard prefix.utf8.count > room else { return nil }
        return "a prefix has at most \(room) characters, this one has \(prefix.utf8.count)"
    }
}
