/// One member at a time: its JSON type, then its value.
extension EventScanner {
    /// Whether the event has the member and has something else than null for it.
    @inline(__always)
    func isPresent(_ member: Member) -> Bool {
        seen.contains(member) && members[member].kind != .null
    }

    /// Any text of at most 4096 bytes without U+0000.
    @inline(__always)
    mutating func text(
        _ member: Member,
        _ payload: RawSpan,
        required: Bool = false
    ) throws(Rejection) -> TextRange {
        guard seen.contains(member) else {
            if required { throw missing(member) }
            return .absent
        }
        let field = members[member]
        guard field.plainLength <= Self.textLimit else {
            return try unusualText(member, payload, required: required)
        }
        return TextRange(start: field.start, extent: field.plainLength)
    }

    /// A text that names something: not empty and without control characters.
    @inline(__always)
    mutating func label(
        _ member: Member,
        _ payload: RawSpan,
        required: Bool = false
    ) throws(Rejection) -> TextRange {
        guard seen.contains(member) else {
            if required { throw missing(member) }
            return .absent
        }
        let field = members[member]
        guard field.plainLength &- 1 < Self.textLimit else {
            return try unusualLabel(member, payload, required: required)
        }
        return TextRange(start: field.start, extent: field.plainLength)
    }

    private static var textLimit: UInt32 { UInt32(EventLimits.textByteLimit) }

    @inline(never)
    private mutating func unusualLabel(
        _ member: Member,
        _ payload: RawSpan,
        required: Bool
    ) throws(Rejection) -> TextRange {
        let range = try text(member, payload, required: required)
        if range.isAbsent { return range }
        guard range.byteCount > 0 else {
            throw invalid(member, payload, "a text that is not empty")
        }
        // Without an escape or U+007F there is nothing to look for.
        if !members[member].traits.isEmpty {
            try refuseControls(range, of: member, payload)
        }
        return range
    }

    @inline(never)
    private func refuseControls(
        _ range: TextRange,
        of member: Member,
        _ payload: RawSpan
    ) throws(Rejection) {
        let isSound = reading(range, payload) { bytes, start, end in
            (start..<end).allSatisfy { bytes.byte($0) >= 0x20 && bytes.byte($0) != 0x7F }
        }
        guard isSound else {
            throw invalid(member, payload, "a text without control characters")
        }
    }

    /// The text of a member that is not plain, or what is wrong with it.
    @inline(never)
    private mutating func unusualText(
        _ member: Member,
        _ payload: RawSpan,
        required: Bool
    ) throws(Rejection) -> TextRange {
        let field = members[member]
        guard field.kind != .null else {
            if required { throw missing(member) }
            return .absent
        }
        guard field.kind == .text else { throw wrongType(member, payload, .text) }
        var range = TextRange(start: field.start, extent: field.end &- field.start)
        if field.traits.contains(.escaped) {
            let start = arena.count
            JSONEscape.decode(
                payload,
                from: Int(field.start),
                to: Int(field.end),
                into: &arena
            )
            // Databases refuse it and C strings end there: nobody downstream would carry it.
            guard !arena[start...].contains(0) else {
                throw invalid(member, payload, "a text without U+0000")
            }
            range = TextRange(inArena: start..<arena.count)
        }
        guard range.byteCount <= EventLimits.textByteLimit else {
            let limit = EventLimits.textByteLimit
            throw invalid(member, payload, "at most \(limit) bytes, not \(range.byteCount)")
        }
        return range
    }

    /// Lends the bytes a text is among, and its bounds.
    @inline(__always)
    func reading<R>(
        _ range: TextRange,
        _ payload: RawSpan,
        _ body: (RawSpan, Int, Int) -> R
    ) -> R {
        let bounds = range.bounds
        return range.isInArena
            ? unsafe body(arena.span.bytes, bounds.lowerBound, bounds.upperBound)
            : body(payload, bounds.lowerBound, bounds.upperBound)
    }

    /// A time in RFC 3339, nil if absent.
    @inline(__always)
    mutating func instant(
        _ member: Member,
        _ payload: RawSpan
    ) throws(Rejection) -> Timestamp? {
        let range = try text(member, payload)
        if range.isAbsent { return nil }
        let time = reading(range, payload) {
            Timestamp(rfc3339: $0, at: $1, count: $2 &- $1)
        }
        guard let time else {
            throw invalid(member, payload, "a time in RFC 3339 such as 2021-01-05T17:00:00Z")
        }
        return time
    }

    /// A country, nil if absent.
    @inline(__always)
    mutating func country(
        _ member: Member,
        _ payload: RawSpan
    ) throws(Rejection) -> CountryCode? {
        let range = try text(member, payload)
        if range.isAbsent { return nil }
        let code = reading(range, payload) { bytes, start, end in
            end &- start == 2
                ? CountryCode(
                    bytes.byte(start),
                    bytes.byte(start &+ 1),
                    among: vocabulary.countries
                )
                : nil
        }
        guard let code else {
            throw invalid(member, payload, "a country of ISO 3166-1 alpha-2, XK or ZZ")
        }
        return code
    }

    /// The currency, nil if absent.
    @inline(__always)
    mutating func currency(_ payload: RawSpan) throws(Rejection) -> CurrencyCode? {
        let range = try text(.currency, payload)
        if range.isAbsent { return nil }
        let code = reading(range, payload) { bytes, start, end in
            end &- start == 3
                ? CurrencyCode(
                    bytes.byte(start),
                    bytes.byte(start &+ 1),
                    bytes.byte(start &+ 2),
                    among: vocabulary.currencies
                )
                : nil
        }
        guard let code else { throw invalid(.currency, payload, "a currency of ISO 4217") }
        return code
    }

    /// The amount, which is required.
    @inline(__always)
    mutating func amount(_ payload: RawSpan) throws(Rejection) -> TextRange {
        let range = try text(.amount, payload, required: true)
        guard reading(range, payload, { Money.isWellFormed($0, from: $1, to: $2) }) else {
            throw invalid(
                .amount,
                payload,
                "an unsigned decimal, at most 18 digits before and 9 after the point"
            )
        }
        return range
    }

    /// One of the words of a table, nil if absent.
    @inline(__always)
    mutating func word<Word>(
        _ member: Member,
        _ payload: RawSpan,
        _ table: NameTable<Word>
    ) throws(Rejection) -> Word? {
        let range = try text(member, payload)
        if range.isAbsent { return nil }
        guard let word = reading(range, payload, { table.value($0, from: $1, to: $2) }) else {
            throw invalid(member, payload, "one of " + table.names.joined(separator: ", "))
        }
        return word
    }
}
