/// Members whose characters are restricted, and the one that is a number.
extension EventScanner {
    /// The store, which is required.
    @inline(__always)
    mutating func slug(_ member: Member, _ payload: RawSpan) throws(Rejection) -> TextRange {
        let range = try text(member, payload, required: true)
        guard reading(range, payload, { Self.isSlug($0, $1, $2) }) else {
            throw invalid(
                member,
                payload,
                "1 to 64 of a-z, 0-9 and '-', beginning with a letter or digit"
            )
        }
        return range
    }

    /// A bundle id or package name.
    mutating func appID(_ member: Member, _ payload: RawSpan) throws(Rejection) -> TextRange {
        let range = try text(member, payload)
        if range.isAbsent { return range }
        let isSound =
            range.byteCount >= 1 && range.byteCount <= 255
            && reading(range, payload) { Self.isVisibleASCII($0, $1, $2) }
        guard isSound else {
            throw invalid(member, payload, "1 to 255 printable ASCII characters without spaces")
        }
        return range
    }

    /// A numeric Apple id.
    @inline(__always)
    mutating func storeAppID(_ payload: RawSpan) throws(Rejection) -> TextRange {
        let range = try text(.storeAppId, payload)
        if range.isAbsent { return range }
        let isSound =
            range.byteCount >= 1 && range.byteCount <= 20
            && reading(range, payload) { bytes, start, end in
                for index in start..<end where bytes.byte(index) &- UInt8(ascii: "0") > 9 {
                    return false
                }
                return true
            }
        guard isSound else { throw invalid(.storeAppId, payload, "a text of 1 to 20 digits") }
        return range
    }

    /// The units of a download, 1 when absent.
    @inline(__always)
    mutating func units(_ payload: RawSpan) throws(Rejection) -> Int64 {
        guard isPresent(.units) else { return 1 }
        let field = members[.units]
        guard field.kind == .number else { throw wrongType(.units, payload, .number) }
        guard let number = Self.integer(payload, field.bounds), number != 0 else {
            let limit = EventLimits.unitsLimit
            throw invalid(.units, payload, "a whole number from -\(limit) to \(limit), not 0")
        }
        return number
    }

    /// The value of a JSON number without fraction and exponent within the limit of units.
    private static func integer(_ payload: borrowing RawSpan, _ bounds: Range<Int>) -> Int64? {
        var index = bounds.lowerBound
        let isNegative = payload.byte(index) == UInt8(ascii: "-")
        if isNegative { index &+= 1 }
        guard bounds.upperBound &- index <= 16 else { return nil }
        var number: Int64 = 0
        while index < bounds.upperBound {
            let digit = payload.byte(index) &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number &* 10 &+ Int64(digit)
            index &+= 1
        }
        guard number <= EventLimits.unitsLimit else { return nil }
        return isNegative ? -number : number
    }

    @inline(__always)
    private static func isSlug(_ bytes: borrowing RawSpan, _ start: Int, _ end: Int) -> Bool {
        guard end &- start >= 1, end &- start <= 64, bytes.byte(start) != UInt8(ascii: "-") else {
            return false
        }
        var index = start
        while index &+ 8 < end {
            guard Word.isSlug(bytes.wholeWord(index)) else { return false }
            index &+= 8
        }
        // Letters fill up the last word.
        let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* (end &- index))
        return Word.isSlug(bytes.word(index) & mask | 0x61 &* Word.ones & ~mask)
    }

    /// Whether there is nothing but U+0021 to U+007E, eight bytes at a time.
    @inline(__always)
    private static func isVisibleASCII(
        _ bytes: borrowing RawSpan,
        _ start: Int,
        _ end: Int
    ) -> Bool {
        var index = start
        while index < end {
            let word = bytes.word(index)
            let found = (word | (word &- 0x21 &* Word.ones) | (word &+ Word.ones)) & Word.high
            if found != 0 {
                return index &+ found.trailingZeroBitCount >> 3 >= end
            }
            index &+= 8
        }
        return true
    }
}
