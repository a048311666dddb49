/// One event under one prohibition because of one target, with everything that explains it.
///
/// On the wire it is a CloudEvent of type `cordon.transaction.flagged`, keyed by ``id``. The same
/// event, directive, prohibition and target always give the same id, so that a reader may upsert.
public struct Flag: Sendable, Hashable {
    /// The CloudEvents type of a flag.
    public static let type = "cordon.transaction.flagged"
    /// The CloudEvents source of every flag.
    public static let source = "urn:cordon:screening"

    /// The first 32 hex digits of SHA-256 over [source, id, directive, prohibition, target].
    public var id: String
    /// The screened event's time.
    public var time: Timestamp
    /// The Kafka timestamp of the screened record: when it became known here.
    public var recordedTime: Timestamp?
    /// What the law says of the event.
    public var ruling: Ruling
    /// Which event it is, and where it stands.
    public var origin: Origin
    /// The event's own figures, for reports that do not want to open the event.
    public var facts: Facts
    /// The screened event in structured mode, its data verbatim.
    public var event: [UInt8]

    /// Puts a flag together.
    public init(
        id: String,
        time: Timestamp,
        recordedTime: Timestamp?,
        ruling: Ruling,
        origin: Origin,
        content: (facts: Facts, event: [UInt8])
    ) {
        self.id = id
        self.time = time
        self.recordedTime = recordedTime
        self.ruling = ruling
        self.origin = origin
        facts = content.facts
        event = content.event
    }
}

extension Flag {
    /// The legal instrument that was applied.
    public struct Instrument: Sendable, Hashable {
        /// The directive's id, such as `us-eo-13971`.
        public var id: String
        /// The directive's title.
        public var title: String
        /// Where the directive was published.
        public var citation: String
        /// SHA-256 of the directive's canonical JSON, as `sha256:` and 64 hex digits.
        public var digest: String

        /// Names an instrument.
        public init(id: String, title: String, citation: String, digest: String) {
            self.id = id
            self.title = title
            self.citation = citation
            self.digest = digest
        }
    }

    /// The lifecycle interval that held at the event's time.
    public struct Interval: Sendable, Hashable {
        /// The legal state's word, such as `in-force`.
        public var state: String
        /// When the state began, UTC.
        public var from: Timestamp
        /// When the state ended, UTC; nil while it lasts.
        public var to: Timestamp?
        /// What put the state in place.
        public var citation: String

        /// Names a state and how long it held.
        public init(state: String, from: Timestamp, to: Timestamp?, citation: String) {
            self.state = state
            self.from = from
            self.to = to
            self.citation = citation
        }
    }

    /// What in the event met what in the rules.
    public struct Match: Sendable, Hashable {
        /// JSON Pointer to the member of the event.
        public var field: String
        /// The member's text.
        public var value: String
        /// The method's word, such as `app-id`.
        public var method: String
        /// From 0 to 1; 1 is certain.
        public var score: Double

        /// Names a match.
        public init(field: String, value: String, method: String, score: Double) {
            self.field = field
            self.value = value
            self.method = method
            self.score = score
        }
    }

    /// What the law says of an event: the disposition and its reasons.
    public struct Ruling: Sendable, Hashable {
        /// `prohibited` or `review`.
        public var disposition: String
        /// Why it is only a review, where the state alone does not say so.
        public var reason: String?
        /// The directive.
        public var directive: Instrument
        /// SHA-256 of the rule set that judged, as `sha256:` and 64 hex digits.
        public var ruleSetDigest: String
        /// The prohibition's id within the directive.
        public var prohibition: String
        /// The state at the event's time.
        public var interval: Interval
        /// The target's id within the directive.
        public var target: String
        /// The country that brought the event inside, and the JSON Pointer it was read from.
        public var jurisdiction: Place
        /// What matched, strongest first; never empty.
        public var matches: [Match]
        /// One plain sentence for a person.
        public var explanation: String

        /// Creates a ruling; the properties left out here start empty.
        public init(
            disposition: String,
            directive: Instrument,
            prohibition: String,
            target: String,
            interval: Interval,
            jurisdiction: Place
        ) {
            self.disposition = disposition
            self.directive = directive
            self.prohibition = prohibition
            self.target = target
            self.interval = interval
            self.jurisdiction = jurisdiction
            ruleSetDigest = ""
            matches = []
            explanation = ""
        }
    }

    /// A country and where in the event it stands.
    public struct Place: Sendable, Hashable {
        /// ISO 3166-1 alpha-2, or `ZZ`.
        public var country: String
        /// JSON Pointer, such as `/data/country`.
        public var field: String

        /// Names a country and its place.
        public init(country: String, field: String) {
            self.country = country
            self.field = field
        }
    }

    /// Which event was flagged, and the record it came in.
    public struct Origin: Sendable, Hashable {
        /// The event's `source`.
        public var source: String
        /// The event's `id`.
        public var id: String
        /// The input topic's full name.
        public var topic: String
        /// The input partition.
        public var partition: Int32
        /// The record's offset.
        public var offset: Int64

        /// Names an event and its record.
        public init(source: String, id: String, topic: String, partition: Int32, offset: Int64) {
            self.source = source
            self.id = id
            self.topic = topic
            self.partition = partition
            self.offset = offset
        }
    }

    /// Members copied from the event's data, absent where the event has none.
    public struct Facts: Sendable, Hashable {
        /// The store's slug.
        public var store: String?
        /// Bundle id or package name.
        public var appID: String?
        /// Apple's numeric id.
        public var storeAppID: String?
        /// The app event's country.
        public var country: String?
        /// A decimal amount as text.
        public var amount: String?
        /// ISO 4217.
        public var currency: String?
        /// Units of a download; nil for other events.
        public var units: Int64?
        /// The payment service's id of the transaction.
        public var transactionID: String?
        /// The payment status' word.
        public var status: String?

        /// Creates facts without a value.
        public init() {}
    }
}
