/// The pass over the JSON, which notes known members and knows nothing of their meaning.
extension EventScanner {
    /// The two objects that have known members.
    private enum Level {
        case event, data
    }

    /// How far a reading got.
    package struct Reading: BitwiseCopyable {
        /// Where the event begins.
        let start: Int
        var index: Int
        var place: MemberTable.Place
        /// Whether the data are next; otherwise the event's end was seen.
        var isAtData: Bool
    }

    /// Reads the payload as one JSON value and notes the members of its object, up to the data or
    /// else to its end.
    @inline(__always)
    mutating func readToData(_ payload: RawSpan) throws(JSONFault) -> Reading {
        marks.mark(payload)
        let start = payload.byte(0) == UInt8(ascii: "{") ? 0 : try JSONLexer.begin(payload)
        var reading = Reading(
            start: start,
            index: start,
            place: members.beginningOfEvent,
            isAtData: false
        )
        if payload.byte(start) == UInt8(ascii: "{") {
            if openObject(payload, &reading.index) {
                reading.isAtData =
                    try readMembers(payload, &reading.index, &reading.place, of: .event)
            }
        } else {
            reading.index = try JSONLexer.skip(payload, start, depth: 0)
        }
        return reading
    }

    /// Reads the data and what follows, up to the payload's end; returns where the event stands.
    @inline(__always)
    mutating func readToEnd(
        _ payload: RawSpan,
        _ reading: Reading
    ) throws(JSONFault) -> Range<Int> {
        var reading = reading
        while reading.isAtData {
            let brace = reading.index &+ 7
            let end = try readData(payload, brace)
            note(.data, Field(.object, brace, end))
            reading.index = end
            reading.place = members.place(behind: .data)
            guard try moveOn(payload, &reading.index) else { break }
            reading.isAtData =
                try readMembers(payload, &reading.index, &reading.place, of: .event)
        }
        if reading.index != payload.byteCount { try JSONLexer.finish(payload, reading.index) }
        return reading.start..<reading.index
    }

    /// Moves from an opening brace to the first member; false if there is none, and then behind the
    /// closing brace.
    @inline(__always)
    private func openObject(_ payload: RawSpan, _ index: inout Int) -> Bool {
        index = JSONLexer.afterSpace(payload, index &+ 1)
        guard payload.byte(index) == UInt8(ascii: "}") else { return true }
        index &+= 1
        return false
    }

    /// Moves from behind a member to the next one; false if there is none, and then behind the
    /// closing brace.
    @inline(__always)
    private func moveOn(_ payload: RawSpan, _ index: inout Int) throws(JSONFault) -> Bool {
        index = JSONLexer.afterSpace(payload, index)
        let byte = payload.byte(index)
        guard byte == UInt8(ascii: ",") else {
            guard byte == UInt8(ascii: "}") else {
                throw JSONFault(.expectedCommaOrBrace, at: index)
            }
            index &+= 1
            return false
        }
        index = JSONLexer.afterSpace(payload, index &+ 1)
        return true
    }

    /// Reads members from the first one on, up to and with the closing brace; true if it ended
    /// before that, at data of an event that are an object and stand without white space.
    @inline(__always)
    private mutating func readMembers(
        _ payload: RawSpan,
        _ index: inout Int,
        _ place: inout MemberTable.Place,
        of level: Level
    ) throws(JSONFault) -> Bool {
        repeat {
            guard !readPlainMembers(payload, &index, &place) else { continue }
            if level == .event, payload.startsData(index) { return true }
            index = try readMember(payload, index, &place, of: level)
        } while try moveOn(payload, &index)
        return false
    }

    /// Reads the object of the data from its brace on.
    @inline(never)
    private mutating func readData(
        _ payload: RawSpan,
        _ brace: Int
    ) throws(JSONFault) -> Int {
        var index = brace
        guard openObject(payload, &index) else { return index }
        var place = members.beginningOfData
        _ = try readMembers(payload, &index, &place, of: .data)
        return index
    }

    /// Reads members while each is the one that is due, a plain text, and followed by another one
    /// without white space: nearly all of what producers write.
    ///
    /// Returns whether the last one read has another end, which is then at `index`; otherwise a
    /// member begins there that has to be read with more care.
    @inline(__always)
    private mutating func readPlainMembers(
        _ payload: RawSpan,
        _ index: inout Int,
        _ place: inout MemberTable.Place
    ) -> Bool {
        var seen = seen.bits
        var repeated = repeated.bits
        defer {
            self.seen.bits = seen
            self.repeated.bits = repeated
        }
        while let due = members.dueText(place, payload, at: index, limit: marks.limit) {
            let start = index &+ due.length
            let end = marks.end(from: start)
            guard payload.endsBeforeMember(end) else {
                guard payload.byte(end) == UInt8(ascii: "\"") else { return false }
                repeated |= seen & due.bit
                seen |= due.bit
                due.note(Field(.text, start, end))
                place = due.place
                index = end &+ 1
                return true
            }
            repeated |= seen & due.bit
            seen |= due.bit
            due.note(Field(.text, start, end))
            place = due.place
            index = end &+ 2
        }
        return false
    }

    /// Reads any member.
    @inline(never)
    private mutating func readMember(
        _ payload: RawSpan,
        _ start: Int,
        _ place: inout MemberTable.Place,
        of level: Level
    ) throws(JSONFault) -> Int {
        var (member, index) = try readName(payload, start, of: level)
        if let member {
            members.learn(member, at: &place)
        } else if payload.byte(index) == UInt8(ascii: "\"") {
            members.learnUnknown(
                payload,
                start..<index &+ 1,
                isOfEvent: level == .event,
                at: &place
            )
        }
        index = JSONLexer.afterSpace(payload, index)
        return try readValue(payload, index, of: member, depth: level == .event ? 1 : 2)
    }

    /// The closing quote of the text from `start` on; nil if it is not all plain ASCII, or lies
    /// beyond what is marked.
    @inline(__always)
    private func plainText(_ payload: RawSpan, from start: Int) -> Int? {
        guard start < marks.limit else { return nil }
        let end = marks.end(from: start)
        return payload.byte(end) == UInt8(ascii: "\"") ? end : nil
    }

    /// Reads a member's name and the colon behind it; a member that is not known has none.
    @inline(__always)
    private mutating func readName(
        _ payload: RawSpan,
        _ start: Int,
        of level: Level
    ) throws(JSONFault) -> (member: Member?, end: Int) {
        guard payload.byte(start) == UInt8(ascii: "\"") else {
            throw JSONFault(.expectedName, at: start)
        }
        if let end = plainText(payload, from: start &+ 1),
            payload.byte(end &+ 1) == UInt8(ascii: ":")
        {
            return (name(payload, start &+ 1..<end, of: level), end &+ 2)
        }
        let text = try JSONLexer.text(payload, from: start &+ 1)
        let index = JSONLexer.afterSpace(payload, text.end)
        guard payload.byte(index) == UInt8(ascii: ":") else {
            throw JSONFault(.expectedColon, at: index)
        }
        let bounds = start &+ 1..<text.end &- 1
        return (
            text.traits.contains(.escaped)
                ? escapedName(payload, bounds, of: level)
                : name(payload, bounds, of: level),
            index &+ 1
        )
    }

    @inline(__always)
    private func name(_ text: RawSpan, _ bounds: Range<Int>, of level: Level) -> Member? {
        let (start, end) = (bounds.lowerBound, bounds.upperBound)
        return level == .event
            ? vocabulary.attributes.value(text, from: start, to: end)
            : vocabulary.data.value(text, from: start, to: end)
    }

    /// Finds a name with escapes, such as `"\u0069d"`.
    @inline(never)
    private mutating func escapedName(
        _ payload: RawSpan,
        _ bounds: Range<Int>,
        of level: Level
    ) -> Member? {
        // An escape is six bytes at most for each byte it stands for.
        guard bounds.count <= 6 &* Member.nameByteLimit else { return nil }
        var decoded: [UInt8] = []
        JSONEscape.decode(
            payload,
            from: bounds.lowerBound,
            to: bounds.upperBound,
            into: &decoded
        )
        return unsafe name(decoded.span.bytes, 0..<decoded.count, of: level)
    }

    /// Reads a value and notes it if its member is known.
    @inline(__always)
    private mutating func readValue(
        _ payload: RawSpan,
        _ start: Int,
        of member: Member?,
        depth: Int
    ) throws(JSONFault) -> Int {
        guard payload.byte(start) == UInt8(ascii: "\"") else {
            return try readStructure(payload, start, of: member, depth: depth)
        }
        if let end = plainText(payload, from: start &+ 1) {
            if let member { note(member, Field(.text, start &+ 1, end)) }
            return end &+ 1
        }
        let text = try JSONLexer.text(payload, from: start &+ 1)
        if let member {
            note(member, Field(.text, start &+ 1, text.end &- 1, traits: text.traits))
        }
        return text.end
    }

    /// Reads a value that is no text; of the data, their members too.
    @inline(never)
    private mutating func readStructure(
        _ payload: RawSpan,
        _ start: Int,
        of member: Member?,
        depth: Int
    ) throws(JSONFault) -> Int {
        let byte = payload.byte(start)
        let isData = member == .data && byte == UInt8(ascii: "{")
        let end =
            isData
            ? try readData(payload, start)
            : try JSONLexer.skip(payload, start, depth: depth)
        if let member {
            note(member, Field(JSONKind(leading: byte), start, end))
        }
        return end
    }

    @inline(__always)
    private mutating func note(_ member: Member, _ field: Field) {
        repeated.bits |= seen.bits & member.bit
        seen.bits |= member.bit
        members.note(member, field)
    }
}
