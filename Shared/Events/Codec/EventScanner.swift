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
    var order = MemberOrder()
    /// Of each member of `seen`, where it stands; the others are left from earlier events.
    var fields: MemberOrder.Fields { @inline(__always) get { order.fields } }
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
        let whole: Range<Int>
        do throws(JSONFault) {
            whole = try read(payload)
        } catch {
            throw error.rejection(in: payload)
        }
        try gather(&event, payload, whole: whole)
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
    @inlinable
    @inline(__always)
    package func withTexts<R>(
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
