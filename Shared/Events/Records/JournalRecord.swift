/// What one transaction did to one input partition: progress, figures and the events it accepted.
///
/// The record's key is the input partition's number; it stands on the journal partition of the same
/// number. A transaction with many marks writes several records that differ only in their marks.
public struct JournalRecord: Sendable, Hashable {
    /// Cumulative figures of a partition since the offset they name.
    public struct Tally: Sendable, Hashable {
        /// The input offset since which the figures count.
        public var since: Int64
        /// Records read.
        public var received: Int64
        /// Records that were valid events seen for the first time.
        public var screened: Int64
        /// Records that repeat an event inside the horizon.
        public var duplicate: Int64
        /// Records that went to `dead-letters`.
        public var deadLettered: Int64
        /// Offsets lost to retention before they were read.
        public var expired: Int64

        /// Starts at zero.
        public init(since: Int64) {
            self.since = since
            received = 0
            screened = 0
            duplicate = 0
            deadLettered = 0
            expired = 0
        }

        /// Whether every received record is accounted for.
        public var isConserved: Bool { received == screened + duplicate + deadLettered }
    }

    /// The next input offset to read.
    public var next: Int64
    /// The figures after the transaction.
    public var tally: Tally
    /// Digest of the rule set that judged the transaction's events.
    public var ruleSetDigest: String
    /// The key under which the marks were hashed; one for the life of a partition.
    public var hashKey: HashKey
    /// Hashes of (`source`, `id`) of the events accepted, oldest first.
    public var marks: [Hash128]

    /// Collects what a transaction did.
    public init(
        next: Int64,
        tally: Tally,
        ruleSetDigest: String,
        hashKey: HashKey,
        marks: [Hash128]
    ) {
        self.next = next
        self.tally = tally
        self.ruleSetDigest = ruleSetDigest
        self.hashKey = hashKey
        self.marks = marks
    }
}

/// The secret of a partition's seen-marks, so that nobody outside can aim at a collision.
public struct HashKey: Sendable, Hashable, BitwiseCopyable {
    /// The first eight bytes, little-endian.
    public var low: UInt64
    /// The last eight bytes, little-endian.
    public var high: UInt64

    /// Takes the two halves.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

extension JournalRecord {
    /// The most marks a record may carry and stay under ``EventLimits/journalRecordByteLimit``.
    ///
    /// A mark takes 22 bytes at most in base64; one KiB is left for everything else.
    public static let markLimit = (EventLimits.journalRecordByteLimit - 1_024) / 22

    /// Appends the record's value; the marks are given apart so that nobody copies them before.
    public func writeValue(marks: ArraySlice<Hash128>, to writer: inout JSONWriter) {
        precondition(marks.count <= Self.markLimit, "split the marks over several records")
        writer.beginObject()
        writer.key("next")
        writer.integer(next)
        writer.key("since")
        writer.integer(tally.since)
        writer.key("received")
        writer.integer(tally.received)
        writer.key("screened")
        writer.integer(tally.screened)
        writer.key("duplicate")
        writer.integer(tally.duplicate)
        writer.key("deadLettered")
        writer.integer(tally.deadLettered)
        writer.key("expired")
        writer.integer(tally.expired)
        writer.key("ruleSet")
        writer.string(ruleSetDigest)
        writer.key("hashKey")
        writer.string(hashKey.hexadecimal)
        writer.key("marks")
        writer.raw(Base64.quoted(marks))
        writer.endObject()
    }

    /// Reads a record's value back.
    ///
    /// - Throws: ``Rejection`` naming the member that is missing or wrong.
    public init(value: RawSpan) throws(Rejection) {
        let record = RecordReader(try JSONValue.parse(value))
        var tally = Tally(since: try record.integer("since"))
        tally.received = try record.integer("received")
        tally.screened = try record.integer("screened")
        tally.duplicate = try record.integer("duplicate")
        tally.deadLettered = try record.integer("deadLettered")
        tally.expired = try record.integer("expired")
        self.init(
            next: try record.integer("next"),
            tally: tally,
            ruleSetDigest: try record.text("ruleSet"),
            hashKey: try record.value("hashKey", HashKey.init(hexadecimal:)),
            marks: try record.value("marks", Base64.marks)
        )
    }
}

extension HashKey {
    /// 32 hex digits, the first byte first.
    public var hexadecimal: String {
        [low, high].map { half in
            let digits = String(half.byteSwapped, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Reads 32 hex digits; nil for anything else.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 32,
            let low = UInt64(text.prefix(16), radix: 16),
            let high = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(low: low.byteSwapped, high: high.byteSwapped)
    }
}
