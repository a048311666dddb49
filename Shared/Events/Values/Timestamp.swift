/// An instant, to the microsecond.
public struct Timestamp: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before.
    public var microseconds: Int64

    /// The instant that many microseconds after 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Reads RFC 3339 text strictly, nil if it is anything else.
    ///
    /// Digits finer than microseconds are floored. Second 60 is read only where a leap second may
    /// stand, at 23:59:60 UTC on 30 June and 31 December, and counted as 59.999999. The instant
    /// lies in the years 0001 to 9999 of UTC.
    public init?(rfc3339 text: String) {
        unsafe self.init(rfc3339: text.utf8Span.span.bytes)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, floored.
    public var milliseconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The day in UTC.
    public var day: Day {
        let (quotient, remainder) = microseconds.quotientAndRemainder(
            dividingBy: Day.microseconds
        )
        return Day(number: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
    }

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC; the fraction has 3 or 6 digits and stands only if it is not zero.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func append(to bytes: inout [UInt8]) {
        let day = self.day
        let time = microseconds - Int64(day.number) * Day.microseconds
        let (seconds, fraction) = Int(time).quotientAndRemainder(dividingBy: 1_000_000)
        day.append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(decimal: UInt64(seconds / 3600), digits: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: UInt64(seconds / 60 % 60), digits: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: UInt64(seconds % 60), digits: 2)
        if fraction != 0 {
            let whole = fraction % 1000 == 0
            bytes.append(UInt8(ascii: "."))
            bytes.append(
                decimal: UInt64(whole ? fraction / 1000 : fraction),
                digits: whole ? 3 : 6
            )
        }
        bytes.append(UInt8(ascii: "Z"))
    }
}
