import Events

/// One hour of the stream, which runs from 2020-01-01T00:00Z to 2021-07-01T00:00Z.
struct StreamHour: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// Hours since 2020-01-01T00:00Z.
    let index: Int

    /// Hours in the stream: 366 days of 2020 and 181 of 2021.
    static let count = (366 + 181) * 24
    /// Hours in 2020.
    static let countOf2020 = 366 * 24
    /// Milliseconds in an hour.
    static let milliseconds = 3_600_000
    /// 2020-01-01 as a day number.
    private static let firstDay = 18_262

    init(index: Int) {
        self.index = index
    }

    /// An hour of a day, both counted from 0 at the beginning of the stream.
    init(day: Int, hour: Int) {
        index = day * 24 + hour
    }

    /// Days since 2020-01-01.
    var day: Int { index / 24 }
    /// Hour of the day in UTC.
    var hourOfDay: Int { index % 24 }
    /// 0 in 2020, 1 in 2021.
    var yearIndex: Int { index < Self.countOf2020 ? 0 : 1 }

    /// The UTC date of a day of the stream.
    static func date(ofDay day: Int) -> Day {
        Day(number: Int32(firstDay + day))
    }

    /// 0 on Monday to 6 on Sunday, of a day of the stream.
    static func weekday(ofDay day: Int) -> Int {
        (day + 2) % 7
    }

    /// The hour as `2020-03-14T15`, ready to be put into times and ids.
    var text: [UInt8] {
        Array("\(Self.date(ofDay: day))T\(hourOfDay < 10 ? "0" : "")\(hourOfDay)".utf8)
    }

    static func < (left: StreamHour, right: StreamHour) -> Bool {
        left.index < right.index
    }
}
