extension Timestamp {
    /// Reads RFC 3339 bytes strictly; the rules are those of `init(rfc3339:)` for text.
    public init?(rfc3339 text: RawSpan) {
        self.init(rfc3339: text, at: 0, count: text.byteCount)
    }

    /// Reads the `count` bytes at `offset` of `bytes` as RFC 3339.
    init?(rfc3339 bytes: borrowing RawSpan, at offset: Int, count: Int) {
        // YYYY-MM-DD hh:mm:ss is three words, the last one reaching into fraction and offset.
        guard count >= 20 else { return nil }
        guard let date = Decimals(bytes.wholeWord(offset), like: Self.dateShape),
            let hours = Decimals(
                bytes.wholeWord(offset &+ 8) | Self.letterCase,
                like: Self.hourShape
            )
        else { return nil }
        let tail = bytes.word(offset &+ 16)
        let second: Int
        let rest: (microseconds: Int, offsetSeconds: Int)
        if count == 24, let millis = Decimals(tail | Self.endCase, like: Self.millisecondShape) {
            second = millis.pair(1)
            rest = (millis[4] &* 100_000 &+ millis.pair(5) &* 1_000, 0)
        } else {
            guard
                let seconds = Decimals(tail & 0xFF_FFFF | Self.tailFill, like: Self.secondShape),
                let read = Self.fractionAndOffset(bytes, from: offset &+ 19, to: offset &+ count)
            else { return nil }
            second = seconds.pair(1)
            rest = read
        }
        let year = date.pair(0) &* 100 &+ date.pair(2)
        let hour = hours.pair(3)
        let minute = hours.pair(6)
        guard year >= 1, hour <= 23, minute <= 59, second <= 60,
            let day = CivilDate.dayNumber(
                year: year,
                month: date.pair(5),
                day: hours.pair(0)
            )
        else { return nil }
        var total = Int64(day &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ second)
        total = (total &- Int64(rest.offsetSeconds)) &* 1_000_000 &+ Int64(rest.microseconds)
        if second == 60 {
            guard let held = Self.leapSecond(total) else { return nil }
            total = held
        }
        guard total >= Self.earliest, total <= Self.latest else { return nil }
        self.init(microseconds: total)
    }

    // Each shape is eight bytes of text, little-endian: "0" for a digit, itself for a separator.
    private static let dateShape: UInt64 = 0x2D30_302D_3030_3030
    private static let hourShape: UInt64 = 0x3030_3A30_3074_3030
    private static let secondShape: UInt64 = 0x3030_3030_3030_303A & 0xFF_FFFF | tailFill
    private static let tailFill: UInt64 = 0x3030_3030_3000_0000
    /// Seconds, milliseconds and `z`.
    private static let millisecondShape: UInt64 = 0x7A30_3030_2E30_303A
    /// Turns `T` into `t`, and changes no digit and no colon.
    private static let letterCase: UInt64 = 0x20_0000
    /// Turns `Z` at the end into `z`.
    private static let endCase: UInt64 = 0x2000_0000_0000_0000
    private static let earliest: Int64 = -62_135_596_800_000_000
    private static let latest: Int64 = 253_402_300_799_999_999

    /// The instant a leap second is counted as, nil where none may stand.
    private static func leapSecond(_ total: Int64) -> Int64? {
        // Second 60 has already carried into the next minute, which must be a new year or July.
        let carried = Timestamp(microseconds: total)
        let start = carried.day.start.microseconds
        guard total &- start < 1_000_000 else { return nil }
        let date = CivilDate(dayNumber: Int(carried.day.number))
        guard date.day == 1, date.month == 1 || date.month == 7 else { return nil }
        return start &- 1
    }

    /// Reads what follows the seconds: a fraction, if there is one, and `Z` or an offset.
    @inline(__always)
    private static func fractionAndOffset(
        _ bytes: borrowing RawSpan,
        from start: Int,
        to end: Int
    ) -> (microseconds: Int, offsetSeconds: Int)? {
        var index = start
        var microseconds = 0
        if bytes.byte(index) == UInt8(ascii: ".") {
            var scale = 100_000
            index &+= 1
            let first = index
            while index < end {
                let digit = bytes.byte(index) &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                microseconds &+= Int(digit) &* scale
                scale /= 10
                index &+= 1
            }
            guard index > first else { return nil }
        }
        guard index < end else { return nil }
        let sign = bytes.byte(index)
        if sign | 0x20 == UInt8(ascii: "z") {
            return index &+ 1 == end ? (microseconds, 0) : nil
        }
        guard let offset = offsetSeconds(bytes, sign: sign, from: index, to: end) else {
            return nil
        }
        return (microseconds, offset)
    }

    /// Reads `+hh:mm` or `-hh:mm`, which must end at `end`.
    private static func offsetSeconds(
        _ bytes: borrowing RawSpan,
        sign: UInt8,
        from start: Int,
        to end: Int
    ) -> Int? {
        guard end &- start == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            return nil
        }
        let digits = (
            bytes.byte(start &+ 1) &- 0x30, bytes.byte(start &+ 2) &- 0x30,
            bytes.byte(start &+ 4) &- 0x30, bytes.byte(start &+ 5) &- 0x30
        )
        guard digits.0 <= 2, digits.1 <= 9, digits.2 <= 5, digits.3 <= 9,
            bytes.byte(start &+ 3) == UInt8(ascii: ":")
        else { return nil }
        let hours = Int(digits.0) &* 10 &+ Int(digits.1)
        let minutes = Int(digits.2) &* 10 &+ Int(digits.3)
        guard hours <= 23 else { return nil }
        let seconds = hours &* 3600 &+ minutes &* 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}

/// Eight bytes of text that have the digits and separators of a shape.
private struct Decimals {
    private let values: UInt64
    /// At each place the number that the digits there and behind it make.
    private let pairs: UInt64

    /// Nil unless `word` has a digit where `shape` has "0" and the shape's own byte elsewhere.
    @inline(__always)
    init?(_ word: UInt64, like shape: UInt64) {
        // A digit becomes its value and a separator zero; adding the slack lifts anything larger
        // than 9, or larger than 0, into the high bit, and no sum carries into the next byte.
        let difference = word ^ shape
        let isDigit = Self.digitMask(shape)
        let slack = 0x7F7F_7F7F_7F7F_7F7F &- (isDigit & 0x0909_0909_0909_0909)
        guard ((difference &+ slack) | difference) & Word.high == 0 else { return nil }
        values = difference
        // At most 99 each: nothing carries into the next byte.
        pairs = difference &* 10 &+ difference &>> 8
    }

    @inline(__always)
    private static func digitMask(_ shape: UInt64) -> UInt64 {
        var mask: UInt64 = 0
        var index: UInt64 = 0
        while index < 64 {
            if (shape >> index) & 0xFF == 0x30 { mask |= 0xFF << index }
            index &+= 8
        }
        return mask
    }

    @inline(__always)
    subscript(index: Int) -> Int { Self.byte(values, index) }

    @inline(__always)
    func pair(_ index: Int) -> Int { Self.byte(pairs, index) }

    @inline(__always)
    private static func byte(_ word: UInt64, _ index: Int) -> Int {
        Int(truncatingIfNeeded: (word &>> UInt64(truncatingIfNeeded: index &* 8)) & 0xFF)
    }
}
