/// Guesses which known member comes next, by what came next the last time.
///
/// Producers write their members in one order, event after event, so that comparing a few words
/// with the name that is due replaces reading a name and looking it up. A wrong guess costs one
/// comparison and is put right by `learn`.
struct MemberOrder {
    private let patterns = Member.allCases.map(NamePattern.init)
    /// What came after each known member, and first in the event and in its data.
    private var successors: InlineArray<35, Member>

    /// A place in an object: behind one of its known members, or before the first one.
    struct Place: BitwiseCopyable {
        fileprivate var index: Int

        static let beginningOfEvent = Place(index: 33)
        static let beginningOfData = Place(index: 34)

        @inline(__always)
        static func behind(_ member: Member) -> Place {
            Place(index: Int(member.rawValue))
        }
    }

    init() {
        // A guess stays on its level: the same name means one thing there and nothing here.
        successors = InlineArray { index in
            index < Member.store.rawValue || index == Place.beginningOfEvent.index
                ? .specversion : .store
        }
    }

    /// The member that is due and the end of its name and colon, nil if something else stands at
    /// `offset`.
    @inline(__always)
    func due(
        _ place: Place,
        _ text: borrowing RawSpan,
        at offset: Int
    ) -> (member: Member, end: Int)? {
        let member = successors[place.index]
        guard let end = patterns[Int(member.rawValue)].end(text, at: offset) else { return nil }
        return (member, end)
    }

    /// Remembers what came instead.
    @inline(__always)
    mutating func learn(_ member: Member, at place: Place) {
        successors[place.index] = member
    }
}

/// A member's name as it usually stands, `"name":`, in words to compare.
private struct NamePattern: BitwiseCopyable, Sendable {
    /// The first eight bytes, or all there are.
    private let first: UInt64
    private let firstMask: UInt64
    /// Bytes 8 to 15 of a longer pattern.
    private let middle: UInt64
    /// The last eight bytes, which may overlap the others.
    private let last: UInt64
    private let length: Int

    init(_ member: Member) {
        let text = Array("\"\(member.name)\":".utf8)
        precondition(text.count <= 24, "a name has at most 21 bytes")
        let mask = [UInt8](repeating: 0xFF, count: text.count)
        length = text.count
        unsafe first = text.span.bytes.word(0)
        unsafe firstMask = mask.span.bytes.word(0)
        unsafe middle = text.span.bytes.word(8)
        unsafe last = text.span.bytes.word(max(0, length - 8))
    }

    /// The end of the pattern if it stands at `offset`, else nil.
    @inline(__always)
    func end(_ text: borrowing RawSpan, at offset: Int) -> Int? {
        guard (text.word(offset) ^ first) & firstMask == 0 else { return nil }
        if length > 8 {
            guard text.word(offset &+ length &- 8) == last else { return nil }
            if length > 16, text.word(offset &+ 8) != middle { return nil }
        }
        return offset &+ length
    }
}
