import Testing

@testable import Events

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("1969-12-31T23:59:59.9999999Z", -1),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000),
            ("2020-03-01T12:34:56.789Z", 1_583_066_096_789_000),
            ("2020-03-01T12:34:56.7891239Z", 1_583_066_096_789_123),
            ("2020-03-01T12:34:56.1Z", 1_583_066_096_100_000),
            ("2020-03-01t12:34:56z", 1_583_066_096_000_000),
            ("2020-03-01T12:34:56+00:00", 1_583_066_096_000_000),
            ("2020-03-01T12:34:56-00:00", 1_583_066_096_000_000),
            ("2020-03-01T14:34:56+02:00", 1_583_066_096_000_000),
            ("2020-03-01T18:04:56.5+05:30", 1_583_066_096_500_000),
            ("2020-02-29T23:34:56-13:00", 1_583_066_096_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("2016-12-31T23:59:60Z", 1_483_228_799_999_999),
            ("2015-06-30T23:59:60.5Z", 1_435_708_799_999_999),
            ("2017-01-01T00:59:60+01:00", 1_483_228_799_999_999),
            ("2016-12-31T18:59:60-05:00", 1_483_228_799_999_999),
        ] as [(String, Int64)]
    )
    func `RFC 3339 is read to the microsecond`(text: String, microseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2020", "2020-03-01", "2020-03-01T12:34:56", "2020-03-01 12:34:56Z",
        "2020-03-01T12:34Z", "2020-03-01T12:34:56.Z", "2020-03-01T12:34:56,5Z",
        "2020-03-01T12:34:56.5", "2020-03-01T12:34:56.5ZZ", "2020-03-01T12:34:56Z ",
        " 2020-03-01T12:34:56Z", "2020-3-01T12:34:56ZZ", "20200301T123456Z....",
        "2020-03-01T24:00:00Z", "2020-03-01T12:60:00Z", "2020-03-01T12:34:61Z",
        "2020-00-01T12:34:56Z", "2020-13-01T12:34:56Z", "2020-03-00T12:34:56Z",
        "2020-03-32T12:34:56Z", "2020-04-31T12:34:56Z", "2020-02-30T12:34:56Z",
        "2019-02-29T12:34:56Z", "1900-02-29T12:34:56Z", "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
        "2020-03-01T12:34:56+24:00", "2020-03-01T12:34:56+01:60",
        "2020-03-01T12:34:56+1:00", "2020-03-01T12:34:56+0100", "2020-03-01T12:34:56+01",
        "2020-03-01T12:34:56+01:00Z", "2020-03-01T12:34:56 01:00",
        "2020-03-01T12:34:60Z", "2016-12-31T23:59:60+01:00", "2016-12-30T23:59:60Z",
        "2016-03-31T23:59:60Z", "2016-12-31T22:59:60Z",
        "2020-03-01T12:34:5\u{661}Z", "２020-03-01T12:34:56Z", "-020-03-01T12:34:56Z",
        "2020-03-01T12:34:56.789\0Z", "2020-0:-01T12:34:56Z", "2020-03-01T1/:34:56Z",
    ])
    func `anything else is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [
        ("2020-03-01T12:34:56.000Z", "2020-03-01T12:34:56Z"),
        ("2020-03-01T12:34:56.7Z", "2020-03-01T12:34:56.700Z"),
        ("2020-03-01T12:34:56.000001Z", "2020-03-01T12:34:56.000001Z"),
        ("2020-03-01T00:30:00+01:00", "2020-02-29T23:30:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"),
    ])
    func `the description is in UTC with as many digits as it needs`(text: String, shown: String) {
        #expect(Timestamp(rfc3339: text)?.description == shown)
    }

    @Test func `what is written reads back for instants of every year`() {
        var random = SeededRandom()
        for year in 1...9999 {
            let day = (year - 1970) * 365 + Int.random(in: 0..<365, using: &random)
            let time = Timestamp(
                microseconds: min(
                    max(
                        Int64(day) * 86_400_000_000
                            + Int64.random(in: 0..<86_400_000_000, using: &random),
                        -62_135_596_800_000_000
                    ),
                    253_402_300_799_999_999
                )
            )
            guard Timestamp(rfc3339: time.description) != time else { continue }
            Issue.record("\(time) of \(time.microseconds), \(random)")
        }
    }

    @Test func `day and milliseconds are floored before 1970`() {
        let time = Timestamp(microseconds: -1)
        #expect(time.milliseconds == -1)
        #expect(time.day.description == "1969-12-31")
        #expect(Timestamp(microseconds: -86_400_000_000).day.description == "1969-12-31")
        #expect(Timestamp(microseconds: 1999).milliseconds == 1)
        #expect(Timestamp(microseconds: -1) < Timestamp(microseconds: 0))
    }
}

@Suite struct DayTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2000-03-01", 11017),
            ("1900-02-28", -25509), ("1900-03-01", -25508), ("2021-01-05", 18632),
            ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
        ] as [(String, Int32)]
    )
    func `a date is its number of days`(text: String, number: Int32) {
        #expect(Day(text)?.number == number)
        #expect(Day(number: number).description == text)
    }

    @Test(arguments: [
        "", "2021-02-29", "2021-1-05", "2021-01-5", "2021/01/05", "2021-01-05 ", "21-01-05",
        "0000-01-01", "2021-13-01", "2021-00-01", "2021-06-31", "2021-06-00", "2021-01-05T",
    ])
    func `anything else is no day`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func `every day of eight centuries reads back and follows the one before`() {
        var last = ""
        for number in Int32(-146_097)...146_097 where number % 7 == 0 {
            let day = Day(number: number)
            let text = day.description
            #expect(Day(text) == day && last < text)
            last = text
        }
    }

    @Test func `a day knows its year, month and start`() {
        let day = Day(number: 18632)
        #expect(day.year == 2021)
        #expect(day.month == 1)
        #expect(day.start.description == "2021-01-05T00:00:00Z")
        #expect(day.start.day == day)
        #expect(Day(number: 1) < Day(number: 2))
    }
}
