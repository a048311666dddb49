public import Events

/// Screens events against one rule set, one after the other.
///
/// Owned by one thread, which keeps it for the life of the rule set: it carries scratch space, so
/// that an event that meets no target costs no allocation (unless a name of it is not ASCII and
/// has not been seen lately).
public struct Screener: ~Copyable {
    let index: RuleIndex
    var hits: [Hit] = []
    var names = FoldedNames()
    /// How many slots of the table have been looked at so far.
    var probeCount = 0

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
    ///   - event: as the scanner gave it, before the scanner's next scan.
    ///   - payload: the bytes that were scanned.
    ///   - scanner: the scanner that read them.
    ///   - verdicts: where to append.
    public mutating func screen(
        _ event: ScannedEvent,
        payload: RawSpan,
        scanner: borrowing EventScanner,
        into verdicts: inout [Verdict]
    ) {
        guard event.units > 0 else { return }
        hits.removeAll(keepingCapacity: true)
        collectIdentifiers(event, payload: payload, scanner: scanner)
        collectNames(event, payload: payload, scanner: scanner)
        guard !hits.isEmpty else { return }
        judge(event, payload: payload, scanner: scanner, into: &verdicts)
    }
}

/// A text of an event that met an identifier of a target.
struct Hit {
    /// Number of the target in the index.
    var target: Int
    var field: EventField
    var method: MatchMethod
}
