/// The pass over the JSON, which notes known members and knows nothing of their meaning.
extension EventScanner {
    /// The two objects that have known members.
    private enum Level {
        case event, data
    }

    /// Reads the whole payload as one JSON value and notes the members of its object.
    @inline(__always)
    mutating func readJSON(_ payload: RawSpan) throws(JSONFault) -> Range<Int> {
        marks.mark(payload)
        if payload.byte(0) == UInt8(ascii: "{") {
            let end = try readMembers(payload, 1, of: .event)
            if end != payload.byteCount { try JSONLexer.finish(payload, end) }
            return 0..<end
        }
        let start = try JSONLexer.begin(payload)
        let end: Int
        if payload.byte(start) == UInt8(ascii: "{") {
            end = try readMembers(payload, start &+ 1, of: .event)
        } else {
            end = try JSONLexer.skip(payload, start, depth: 0)
        }
        try JSONLexer.finish(payload, end)
        return start..<end
    }

    /// Reads members behind an opening brace, up to and with the closing one.
    private mutating func readMembers(
        _ payload: RawSpan,
        _ start: Int,
        of level: Level
    ) throws(JSONFault) -> Int {
        var place = level == .event ? members.beginningOfEvent : members.beginningOfData
        var index = JSONLexer.afterSpace(payload, start)
        if payload.byte(index) == UInt8(ascii: "}") { return index &+ 1 }
        while true {
            if !readPlainMembers(payload, &index, &place) {
                index =
                    level == .event && payload.startsData(index)
                    ? try readData(payload, index, &place)
                    : try readMember(payload, index, &place, of: level)
            }
            index = JSONLexer.afterSpace(payload, index)
            let byte = payload.byte(index)
            guard byte == UInt8(ascii: ",") else {
                if byte == UInt8(ascii: "}") { return index &+ 1 }
                throw JSONFault(.expectedCommaOrBrace, at: index)
            }
            index = JSONLexer.afterSpace(payload, index &+ 1)
        }
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

    /// Reads the data where they are an object and stand without white space.
    @inline(__always)
    private mutating func readData(
        _ payload: RawSpan,
        _ start: Int,
        _ place: inout MemberTable.Place
    ) throws(JSONFault) -> Int {
        let brace = start &+ 7
        let end = try readMembers(payload, brace &+ 1, of: .data)
        note(.data, Field(.object, brace, end))
        place = members.place(behind: .data)
        return end
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
            ? try readMembers(payload, start &+ 1, of: .data)
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
