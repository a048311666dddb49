/// Reads events in CloudEvents structured mode, strictly, in one pass.
///
/// Reusable, owned by one thread. It allocates nothing for a valid event without escapes; texts
/// with escapes are decoded into its scratch arena, which each scan begins anew.
///
/// `type` may stand behind `data`, so the pass over the JSON only notes where each known member
/// stands and of which JSON type it is; what the contract asks of them is checked afterwards.
public struct EventScanner: ~Copyable {
    @usableFromInline var arena: [UInt8] = []
    var seen = MemberSet()
    var repeated = MemberSet()
    let vocabulary = Vocabulary.shared
    /// Where each member of `seen` stands; the others are left from earlier events.
    var members = MemberTable()
    var marks = TextMarks()

    /// A scanner with an empty arena.
    public init() {}

    /// Validates one event and tells where its parts stand.
    ///
    /// - Throws: the first violation of JSON, else of the contract, with its JSON Pointer.
    public mutating func scan(_ payload: RawSpan) throws(Rejection) -> ScannedEvent {
        var event = ScannedEvent()
        try scan(payload, into: &event)
        return event
    }

    /// The same for an event that is kept where it is: a copy of one costs time.
    ///
    /// - Parameter event: what it held is lost, whether there is an error or not.
    package mutating func scan(
        _ payload: RawSpan,
        into event: inout ScannedEvent
    ) throws(Rejection) {
        let reading = try begin(payload)
        try finish(reading, payload, into: &event)
    }

    /// The first half of a scan: reads the payload up to the event's data.
    ///
    /// - Returns: what ``finish(_:_:into:)``, the other half, goes on from.
    package mutating func begin(_ payload: RawSpan) throws(Rejection) -> Reading {
        guard payload.byteCount <= EventLimits.eventByteLimit else {
            throw Rejection(
                reason: .tooLarge,
                pointer: "",
                detail: "an event has at most \(EventLimits.eventByteLimit) bytes, "
                    + "this one has \(payload.byteCount)"
            )
        }
        if !arena.isEmpty { arena.removeAll(keepingCapacity: true) }
        seen = MemberSet()
        repeated = MemberSet()
        do throws(JSONFault) {
            return try readToData(payload)
        } catch {
            throw error.rejection(in: payload)
        }
    }

    /// The second half: reads the rest, and checks what the contract asks of all of it.
    package mutating func finish(
        _ reading: Reading,
        _ payload: RawSpan,
        into event: inout ScannedEvent
    ) throws(Rejection) {
        let whole: Range<Int>
        do throws(JSONFault) {
            whole = try readToEnd(payload, reading)
        } catch {
            throw error.rejection(in: payload)
        }
        try gather(&event, payload, whole: whole)
    }

    /// Between the two halves: where source and id stand, nil unless both are plain texts and stand
    /// before the data.
    ///
    /// If the event is valid, these are its source and its id.
    /// Mutating for the reason that ``withTexts(_:in:_:)`` is.
    package mutating func plainIdentity() -> (source: Range<Int>, id: Range<Int>)? {
        guard seen.contains(.source), seen.contains(.id) else { return nil }
        let (source, id) = (members[.source], members[.id])
        guard source.isPlainText, id.isPlainText else { return nil }
        return (source.bounds, id.bounds)
    }

    /// Lends a text, decoded, as UTF-8; an absent one is empty.
    @inlinable
    public func withText<R, E: Error>(
        _ range: TextRange,
        in payload: RawSpan,
        _ body: (RawSpan) throws(E) -> R
    ) throws(E) -> R {
        range.isInArena
            ? unsafe try body(arena.span.bytes.extracting(range.bounds))
            : try body(payload.extracting(range.bounds))
    }

    /// Lends three texts, as ``withText(_:in:_:)`` lends one.
    ///
    /// Mutating, because whoever keeps the scanner in a property would lend it a copy else.
    @inlinable
    @inline(__always)
    package mutating func withTexts<R>(
        _ ranges: (TextRange, TextRange, TextRange),
        in payload: RawSpan,
        _ body: (RawSpan, RawSpan, RawSpan) -> R
    ) -> R {
        // Nearly always: one call instead of three within each other.
        if !(ranges.0.isInArena || ranges.1.isInArena || ranges.2.isInArena) {
            return body(
                payload.extracting(ranges.0.bounds),
                payload.extracting(ranges.1.bounds),
                payload.extracting(ranges.2.bounds)
            )
        }
        return withText(ranges.0, in: payload) { first in
            withText(ranges.1, in: payload) { second in
                withText(ranges.2, in: payload) { third in body(first, second, third) }
            }
        }
    }

    /// A copy of a text, decoded; an absent one is empty.
    public func string(_ range: TextRange, in payload: RawSpan) -> String {
        withText(range, in: payload) { String(utf8: $0) }
    }
}
