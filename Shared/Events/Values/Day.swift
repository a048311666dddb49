/// A calendar day in UTC.
public struct Day: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// Days since 1970-01-01; negative before.
    public var number: Int32

    static let microseconds: Int64 = 86_400_000_000

    /// The day that many days after 1970-01-01.
    public init(number: Int32) {
        self.number = number
    }

    /// Reads `YYYY-MM-DD` in the years 0001 to 9999, nil if there is no such day.
    public init?(_ text: String) {
        let span = text.utf8Span.span
        guard span.count == 10, span[4] == UInt8(ascii: "-"), span[7] == UInt8(ascii: "-") else {
            return nil
        }
        var digits: [Int] = []
        for index in [0, 1, 2, 3, 5, 6, 8, 9] {
            guard case 0x30...0x39 = span[index] else { return nil }
            digits.append(Int(span[index]) - 0x30)
        }
        let year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
        let month = digits[4] * 10 + digits[5]
        let day = digits[6] * 10 + digits[7]
        guard year >= 1, let number = CivilDate.dayNumber(year: year, month: month, day: day)
        else { return nil }
        self.number = Int32(number)
    }

    /// The year, such as 2021.
    public var year: Int { CivilDate(dayNumber: Int(number)).year }

    /// The month, 1 to 12.
    public var month: Int { CivilDate(dayNumber: Int(number)).month }

    /// The day's first instant, 00:00 UTC.
    public var start: Timestamp {
        Timestamp(microseconds: Int64(number) * Self.microseconds)
    }

    /// Orders by time.
    public static func < (left: Day, right: Day) -> Bool {
        left.number < right.number
    }
}

extension Day: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func append(to bytes: inout [UInt8]) {
        let date = CivilDate(dayNumber: Int(number))
        guard date.year >= 0 && date.year <= 9999 else {
            // No event has such a day; it is still shown as what it is.
            bytes.append(contentsOf: "\(date.year)-\(date.month)-\(date.day)".utf8)
            return
        }
        // One number with the date's digits in their places, then the two dashes over it.
        let digits = (date.year * 1000 + date.month) * 1000 + date.day
        let start = bytes.count
        bytes.append(decimal: UInt64(digits), digits: 10)
        bytes[start + 4] = UInt8(ascii: "-")
        bytes[start + 7] = UInt8(ascii: "-")
    }
}
