/// Guesses which member comes next, by what came next before; and keeps where each one stands.
///
/// Producers write their members in one order or a few, event after event, so that comparing a few
/// words with the name that is due replaces reading a name and looking it up. Each place remembers
/// two guesses, for members that are not always there and for events of two types in turn; up to
/// eight members on a level that the contract does not know are remembered too. A wrong guess costs
/// a comparison and is put right by `learn`.
///
/// The entries stand in memory of their own: an array in place would be copied whenever the scanner
/// that holds it is lent.
@safe
struct MemberOrder: ~Copyable {
    /// One for each known member, then the beginnings of the event and of its data, then the names
    /// that are not known, those of the event before those of its data.
    private let entries: UnsafeMutablePointer<NameEntry>
    /// How many unknown names were remembered in all, on each level.
    private var attributesRemembered = 0
    private var dataRemembered = 0

    private static let memberCount = Member.allCases.count
    private static let firstUnknown = memberCount + 2
    /// A power of two.
    private static let unknownsOfLevel = 8
    private static let entryCount = firstUnknown + 2 * unknownsOfLevel

    /// A place in an object: behind one of its members, or before the first one.
    @safe
    struct Place: BitwiseCopyable {
        fileprivate let entry: UnsafeMutablePointer<NameEntry>
    }

    init() {
        unsafe entries = .allocate(capacity: Self.entryCount)
        for index in 0..<Self.entryCount {
            let member = Member(rawValue: UInt8(index))
            // A guess stays on its level: the same name means one thing there and nothing here.
            let isAttribute =
                member?.isAttribute
                ?? (index == Self.memberCount
                    || index >= Self.firstUnknown
                        && index < Self.firstUnknown + Self.unknownsOfLevel)
            let successor =
                unsafe entries + Int((isAttribute ? Member.specversion : .store).rawValue)
            unsafe (entries + index).initialize(
                to: NameEntry(
                    member.map { Array("\"\($0.name)\":\"".utf8) } ?? [],
                    bit: member?.bit ?? MemberSet.unknown,
                    successor: successor
                )
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

    /// A member that stands where it was due.
    @safe
    struct Due: BitwiseCopyable {
        fileprivate let entry: UnsafeMutablePointer<NameEntry>

        /// The place behind it.
        var place: Place { unsafe Place(entry: entry) }
        /// How long its name is, with all up to and with the quote that begins its text.
        var length: Int { Int(unsafe entry.pointee.length) }
        /// That of the member in a set; the highest one if it is not known.
        var bit: UInt64 { unsafe entry.pointee.bit }

        /// Notes where its text stands.
        @inline(__always)
        func note(_ field: Field) { unsafe entry.pointee.field = field }
    }

    /// Where each known member stands that was noted.
    @safe
    struct Fields {
        fileprivate let entries: UnsafeMutablePointer<NameEntry>

        subscript(member: Member) -> Field {
            @inline(__always) get { unsafe entries[Int(member.rawValue)].field }
        }
    }

    /// Where each known member stood the last time it was noted.
    var fields: Fields {
        @inline(__always) get { unsafe Fields(entries: entries) }
    }

    /// Notes where a member stands.
    @inline(__always)
    func note(_ member: Member, _ field: Field) {
        unsafe entries[Int(member.rawValue)].field = field
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
        if unsafe !due.pointee.stands(in: text, at: offset, limit: limit) {
            unsafe due = place.entry.pointee.alternative
            guard unsafe due.pointee.stands(in: text, at: offset, limit: limit) else { return nil }
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
    mutating func learnUnknown(
        _ text: RawSpan,
        _ bounds: Range<Int>,
        isAttribute: Bool,
        at place: inout Place
    ) {
        guard bounds.count <= NameEntry.byteLimit else { return }
        let first = Self.firstUnknown + (isAttribute ? 0 : Self.unknownsOfLevel)
        for index in first..<first + Self.unknownsOfLevel
        where unsafe entries[index].stands(
            in: text,
            at: bounds.lowerBound,
            limit: text.byteCount
        ) {
            unsafe learn(entries + index, at: &place)
            return
        }
        let count = isAttribute ? attributesRemembered : dataRemembered
        if isAttribute { attributesRemembered &+= 1 } else { dataRemembered &+= 1 }
        let entry = unsafe entries + first + (count & (Self.unknownsOfLevel - 1))
        // Who guessed the old name here guesses wrong from now on, which is all.
        unsafe entry.pointee.rename(bounds.map { text.byte($0) })
        unsafe learn(entry, at: &place)
    }

    @inline(__always)
    private func learn(_ entry: UnsafeMutablePointer<NameEntry>, at place: inout Place) {
        if unsafe place.entry.pointee.successor != entry {
            unsafe place.entry.pointee.alternative = place.entry.pointee.successor
            unsafe place.entry.pointee.successor = entry
        }
        place = unsafe Place(entry: entry)
    }
}

/// A member's name and the beginning of a text as they usually stand, `"name":"`, in words to
/// compare; and what came behind the member before.
@safe
private struct NameEntry: BitwiseCopyable {
    /// The first eight bytes, or all there are; no member begins with NUL.
    private var first: UInt64 = 0
    private var firstMask: UInt64 = .max
    /// Bytes 8 to 15 of a longer name.
    private var middle: UInt64 = 0
    /// The last eight bytes, which may overlap the others.
    private var last: UInt64 = 0
    let bit: UInt64
    /// Where it stands in the event that is read.
    var field = Field(.null, 0, 0)
    private(set) var length: UInt8 = 0
    /// How many bytes a comparison may look at.
    private var reach: UInt8 = 8
    var successor: UnsafeMutablePointer<NameEntry>
    var alternative: UnsafeMutablePointer<NameEntry>

    static let byteLimit = 24

    /// An entry of that text; without a text, one that stands nowhere.
    init(_ text: [UInt8], bit: UInt64, successor: UnsafeMutablePointer<NameEntry>) {
        self.bit = bit
        unsafe self.successor = successor
        unsafe alternative = successor
        if !text.isEmpty { rename(text) }
    }

    /// Makes it the entry of another text, and keeps what came behind.
    mutating func rename(_ text: [UInt8]) {
        precondition(text.count <= Self.byteLimit, "a name has at most 20 bytes")
        let mask = [UInt8](repeating: 0xFF, count: text.count)
        length = UInt8(text.count)
        reach = max(length, 8)
        unsafe first = text.span.bytes.word(0)
        unsafe firstMask = mask.span.bytes.word(0)
        unsafe middle = text.span.bytes.word(8)
        unsafe last = text.span.bytes.word(max(0, text.count - 8))
    }

    /// Whether the name stands at `offset` and all that is looked at lies before the limit.
    @inline(__always)
    func stands(in text: borrowing RawSpan, at offset: Int, limit: Int) -> Bool {
        guard offset &+ Int(reach) <= limit else { return false }
        guard (text.wholeWord(offset) ^ first) & firstMask == 0 else { return false }
        if length > 8 {
            guard text.wholeWord(offset &+ Int(length) &- 8) == last else { return false }
            if length > 16, text.wholeWord(offset &+ 8) != middle { return false }
        }
        return true
    }
}
