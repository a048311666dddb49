/// The members of the event at hand: where each one stands, and a guess which one comes next.
///
/// Producers write their members in one order or a few, event after event, so that comparing a few
/// words with the name that is due replaces reading a name and looking it up. Each place remembers
/// the last two members that followed it, for members that are not always there and for events of
/// two types in turn; names that the contract does not know are remembered too, some of them on
/// each level. A wrong guess costs a comparison and is put right by `learn`.
///
/// The entries stand in memory of their own: an array in place would be copied whenever the scanner
/// that holds it is lent.
@safe
struct MemberTable: ~Copyable {
    /// One for each known member, then the beginnings of the event and of its data, then the names
    /// that are not known, those of the event before those of its data.
    private let entries: UnsafeMutablePointer<MemberEntry>

    private static let memberCount = Member.allCases.count
    private static let firstUnknown = memberCount + 2
    /// A power of two.
    private static let unknownsOfLevel = 16
    private static let entryCount = firstUnknown + 2 * unknownsOfLevel

    /// A place in an object: behind one of its members, or before the first one.
    @safe
    struct Place: BitwiseCopyable {
        fileprivate let entry: UnsafeMutablePointer<MemberEntry>
    }

    /// A member that stands where it was due.
    @safe
    struct Due: BitwiseCopyable {
        fileprivate let entry: UnsafeMutablePointer<MemberEntry>

        /// The place behind it.
        var place: Place { unsafe Place(entry: entry) }
        /// How long its name is, with all up to and with the quote that begins its text.
        var length: Int { unsafe entry.pointee.name.length }
        /// That of the member in a set; the highest one if it is not known.
        var bit: UInt64 { unsafe entry.pointee.bit }

        /// Notes where its text stands.
        @inline(__always)
        func note(_ field: Field) { unsafe entry.pointee.field = field }
    }

    init() {
        unsafe entries = .allocate(capacity: Self.entryCount)
        for index in 0..<Self.entryCount {
            let member = Member(rawValue: UInt8(index))
            let text = member.map { Array("\"\($0.name)\":\"".utf8) } ?? []
            let successor = Self.isOfEvent(index) ? Member.specversion : .store
            unsafe (entries + index).initialize(
                to: MemberEntry(
                    name: MemberName(text.span.bytes, 0..<text.count),
                    bit: member?.bit ?? MemberSet.unknown,
                    successor: entries + Int(successor.rawValue)
                )
            )
        }
    }

    deinit {
        unsafe entries.deallocate()
    }

    /// Whether an entry is of the event rather than of its data.
    ///
    /// A guess stays on its level, as the same name means one thing there and nothing here.
    private static func isOfEvent(_ index: Int) -> Bool {
        if let member = Member(rawValue: UInt8(index)) { return member.isAttribute }
        return index == memberCount
            || (firstUnknown..<firstUnknown + unknownsOfLevel).contains(index)
    }

    /// Where a member stood the last time it was noted.
    subscript(member: Member) -> Field {
        @inline(__always) get { unsafe entries[Int(member.rawValue)].field }
    }

    /// Notes where a member stands.
    @inline(__always)
    func note(_ member: Member, _ field: Field) {
        unsafe entries[Int(member.rawValue)].field = field
    }

    var beginningOfEvent: Place { unsafe Place(entry: entries + Self.memberCount) }
    var beginningOfData: Place { unsafe Place(entry: entries + Self.memberCount + 1) }

    @inline(__always)
    func place(behind member: Member) -> Place {
        unsafe Place(entry: entries + Int(member.rawValue))
    }

    /// The member that is due at a place, with a text; nil if something else stands at `offset`, or
    /// reaches beyond the limit.
    @inline(__always)
    func dueText(
        _ place: Place,
        _ text: borrowing RawSpan,
        at offset: Int,
        limit: Int
    ) -> Due? {
        var due = unsafe place.entry.pointee.successor
        if unsafe !due.pointee.name.stands(in: text, at: offset, limit: limit) {
            unsafe due = place.entry.pointee.alternative
            guard unsafe due.pointee.name.stands(in: text, at: offset, limit: limit) else {
                return nil
            }
        }
        return unsafe Due(entry: due)
    }

    /// Remembers that this member came instead, and moves the place on behind it.
    @inline(__always)
    func learn(_ member: Member, at place: inout Place) {
        unsafe learn(entries + Int(member.rawValue), at: &place)
    }

    /// The same for a member that is not known, whose name and beginning of a text, `"name":"`,
    /// stand between those bounds; longer ones are not remembered.
    @inline(never)
    func learnUnknown(
        _ text: RawSpan,
        _ bounds: Range<Int>,
        isOfEvent: Bool,
        at place: inout Place
    ) {
        guard bounds.count <= MemberName.byteLimit else { return }
        let name = MemberName(text, bounds)
        let first = Self.firstUnknown + (isOfEvent ? 0 : Self.unknownsOfLevel)
        let entry = unsafe entries + first + (name.hash & (Self.unknownsOfLevel - 1))
        // One place for each name: who guessed the former one guesses wrong, which is all.
        unsafe entry.pointee.name = name
        unsafe learn(entry, at: &place)
    }

    @inline(__always)
    private func learn(_ entry: UnsafeMutablePointer<MemberEntry>, at place: inout Place) {
        if unsafe place.entry.pointee.successor != entry {
            unsafe place.entry.pointee.alternative = place.entry.pointee.successor
            unsafe place.entry.pointee.successor = entry
        }
        place = unsafe Place(entry: entry)
    }
}

/// What the table holds of a member.
@safe
private struct MemberEntry: BitwiseCopyable {
    var name: MemberName
    let bit: UInt64
    var field = Field(.null, 0, 0)
    /// What came behind it the last time, and before that.
    var successor: UnsafeMutablePointer<MemberEntry>
    var alternative: UnsafeMutablePointer<MemberEntry>

    init(name: MemberName, bit: UInt64, successor: UnsafeMutablePointer<MemberEntry>) {
        self.name = name
        self.bit = bit
        unsafe self.successor = successor
        unsafe alternative = successor
    }
}

/// A member's name and the beginning of a text as they usually stand, `"name":"`, in words to
/// compare.
private struct MemberName: BitwiseCopyable {
    /// The first eight bytes, or all there are; the rest of the word is masked.
    private let first: UInt64
    private let firstMask: UInt64
    /// Bytes 8 to 15 of a longer name.
    private let middle: UInt64
    /// The last eight bytes, which may overlap the others; nothing in a shorter name.
    private let last: UInt64
    private let byteCount: UInt8
    /// How many bytes a comparison may look at.
    private let reach: UInt8

    static let byteLimit = 24

    /// The name that stands between the bounds; of none, one that stands nowhere, as no member
    /// begins with NUL.
    init(_ text: RawSpan, _ bounds: Range<Int>) {
        let (start, count) = (bounds.lowerBound, bounds.count)
        precondition(count <= Self.byteLimit, "a name has at most 20 bytes")
        firstMask = count == 0 || count >= 8 ? .max : 1 << UInt64(count * 8) - 1
        first = text.word(start) & firstMask
        middle = count > 16 ? text.word(start + 8) : 0
        last = count > 8 ? text.word(bounds.upperBound - 8) : 0
        byteCount = UInt8(count)
        reach = UInt8(max(count, 8))
    }

    @inline(__always)
    var length: Int { Int(byteCount) }

    var hash: Int {
        Int(truncatingIfNeeded: WordHash.mixed(first ^ WordHash.mixed(middle ^ last)))
    }

    /// Whether the name stands at `offset` and all that is looked at lies before the limit.
    @inline(__always)
    func stands(in text: borrowing RawSpan, at offset: Int, limit: Int) -> Bool {
        guard offset &+ Int(reach) <= limit else { return false }
        guard (text.wholeWord(offset) ^ first) & firstMask == 0 else { return false }
        if byteCount > 8 {
            guard text.wholeWord(offset &+ length &- 8) == last else { return false }
            if byteCount > 16, text.wholeWord(offset &+ 8) != middle { return false }
        }
        return true
    }
}
