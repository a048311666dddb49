public import Events

/// Screens events against one rule set, one after the other.
///
/// Owned by one thread, which keeps it for the life of the rule set: it carries scratch space, so
/// that an event that meets no target costs no allocation (unless a name of it is not ASCII and
/// has not been seen lately).
public struct Screener: ~Copyable {
    let index: RuleIndex
    var hits: [Hit] = []
    /// Names that met nothing.
    var memory = NameMemory()
    /// The folded words of the name at hand.
    var words: [UInt8] = []
    /// Scratch space for approximate matching.
    var skeleton: [UInt8] = []
    var borders: [Bool] = []
    /// How many slots of the tables have been looked at so far.
    var probeCount = 0
    /// How many matches have been passed over so far because a directive knows them to be false.
    public internal(set) var falseMatchCount = 0

    /// A screener for a compiled rule set.
    public init(_ index: RuleIndex) {
        self.index = index
    }

    /// The digest of the rule set that judges.
    public var ruleSetDigest: String { index.ruleSet.digest }

    /// Appends the verdicts on an event: none for most.
    ///
    /// They come by directive id, then by prohibition and target in the order of the file. An
    /// event with negative units corrects a count and is never flagged.
    ///
    /// - Parameters:
    ///   - event: as the scanner gave it, before the scanner's next scan; not changed, but lent
    ///     without a copy, as the scanner is.
    ///   - payload: the bytes that were scanned.
    ///   - scanner: the scanner that read them.
    ///   - isAppClear: whether it is known that no target has the id of the event's app, by
    ///     another event with the same `store`, `appId` and `storeAppId` and the same rule set;
    ///     then it is not looked up. Set once it is known.
    ///   - verdicts: where to append.
    public mutating func screen(
        _ event: inout ScannedEvent,
        payload: RawSpan,
        scanner: inout EventScanner,
        isAppClear: inout Bool,
        into verdicts: inout [Verdict]
    ) {
        guard event.units > 0 else { return }
        if !hits.isEmpty { hits.removeAll(keepingCapacity: true) }
        if !isAppClear {
            collectApp(&event, payload: payload, scanner: &scanner)
            isAppClear = hits.isEmpty
        }
        collectIdentifiers(&event, payload: payload, scanner: &scanner)
        collectNames(&event, payload: payload, scanner: &scanner)
        guard !hits.isEmpty else { return }
        judge(event, payload: payload, scanner: scanner, into: &verdicts)
    }

    /// The same for a caller that remembers nothing of apps.
    public mutating func screen(
        _ event: inout ScannedEvent,
        payload: RawSpan,
        scanner: inout EventScanner,
        into verdicts: inout [Verdict]
    ) {
        var isAppClear = false
        screen(
            &event,
            payload: payload,
            scanner: &scanner,
            isAppClear: &isAppClear,
            into: &verdicts
        )
    }
}

/// A text of an event that met an identifier of a target.
struct Hit {
    /// Number of the use in the index: which target, and through whom.
    var use: Int32
    var field: EventField
    var method: MatchMethod
    /// In what the text differs from the identifier; none unless the method is fuzzy.
    var deviations: Deviations = []

    /// How certain the match is, from 0 to 1.
    var score: Double { method == .fuzzyName ? deviations.score : method.score }
}
