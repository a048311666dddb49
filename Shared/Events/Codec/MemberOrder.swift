/// Guesses which known member comes next, by what came next the last time.
///
/// Producers write their members in one order, event after event, so that comparing a few words
/// with the name that is due replaces reading a name and looking it up. A wrong guess costs one
/// comparison and is put right by `learn`.
///
/// The entries stand in memory of their own: an array in place would be copied whenever the scanner
/// that holds it is lent.
@safe
struct MemberOrder: ~Copyable {
    /// One for each known member, then the beginnings of the event and of its data.
    private let entries: UnsafeMutablePointer<NameEntry>

    private static let memberCount = Member.allCases.count
    private static let entryCount = memberCount + 2

    /// A place in an object: behind one of its known members, or before the first one.
    @safe
    struct Place: BitwiseCopyable {
        fileprivate let entry: UnsafeMutablePointer<NameEntry>
    }

    init() {
        unsafe entries = .allocate(capacity: Self.entryCount)
        for index in 0..<Self.entryCount {
            let member = Member(rawValue: UInt8(index))
            // A guess stays on its level: the same name means one thing there and nothing here.
            let isAttribute = member?.isAttribute ?? (index == Self.memberCount)
            let successor = isAttribute ? Member.specversion : .store
            unsafe (entries + index).initialize(
                to: NameEntry(member ?? .specversion, successor: entries + Int(successor.rawValue))
            )
        }
    }

    deinit {
        unsafe entries.deallocate()
    }

    var beginningOfEvent: Place { unsafe Place(entry: entries + Self.memberCount) }
    var beginningOfData: Place { unsafe Place(entry: entries + Self.memberCount + 1) }

    @inline(__always)
    func place(behind member: Member) -> Place {
        unsafe Place(entry: entries + Int(member.rawValue))
    }

    /// The member that is due and where its text begins, behind the quote, and moves the place on
    /// behind it; nil if something else stands at `offset`, or reaches beyond the limit.
    @inline(__always)
    func dueText(
        _ place: inout Place,
        _ text: borrowing RawSpan,
        at offset: Int,
        limit: Int
    ) -> (member: Member, start: Int)? {
        let due = unsafe place.entry.pointee.successor
        guard unsafe offset &+ Int(due.pointee.reach) <= limit,
            unsafe due.pointee.stands(in: text, at: offset)
        else { return nil }
        place = unsafe Place(entry: due)
        return unsafe (due.pointee.member, offset &+ Int(due.pointee.length))
    }

    /// Remembers what came instead.
    @inline(__always)
    func learn(_ member: Member, at place: Place) {
        unsafe place.entry.pointee.successor = entries + Int(member.rawValue)
    }
}

/// A member's name and the beginning of a text as they usually stand, `"name":"`, in words to
/// compare; and what came behind the member the last time.
@safe
private struct NameEntry: BitwiseCopyable {
    /// The first eight bytes, or all there are.
    private let first: UInt64
    private let firstMask: UInt64
    /// Bytes 8 to 15 of a longer name.
    private let middle: UInt64
    /// The last eight bytes, which may overlap the others.
    private let last: UInt64
    let member: Member
    let length: UInt8
    /// How many bytes a comparison may look at.
    let reach: UInt8
    var successor: UnsafeMutablePointer<NameEntry>

    init(_ member: Member, successor: UnsafeMutablePointer<NameEntry>) {
        let text = Array("\"\(member.name)\":\"".utf8)
        precondition(text.count <= 24, "a name has at most 20 bytes")
        let mask = [UInt8](repeating: 0xFF, count: text.count)
        self.member = member
        length = UInt8(text.count)
        reach = max(length, 8)
        unsafe first = text.span.bytes.word(0)
        unsafe firstMask = mask.span.bytes.word(0)
        unsafe middle = text.span.bytes.word(8)
        unsafe last = text.span.bytes.word(max(0, text.count - 8))
        unsafe self.successor = successor
    }

    /// Whether the name stands at `offset`, from where on `reach` bytes must be there.
    @inline(__always)
    func stands(in text: borrowing RawSpan, at offset: Int) -> Bool {
        guard (text.wholeWord(offset) ^ first) & firstMask == 0 else { return false }
        if length > 8 {
            guard text.wholeWord(offset &+ Int(length) &- 8) == last else { return false }
            if length > 16, text.wholeWord(offset &+ 8) != middle { return false }
        }
        return true
    }
}
