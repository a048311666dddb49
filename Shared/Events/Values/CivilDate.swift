/// A date of the proleptic Gregorian calendar, for turning days into text and back.
struct CivilDate {
    var year: Int
    var month: Int
    var day: Int

    /// The date that many days after 1970-01-01.
    init(dayNumber: Int) {
        // Years that begin in March, in eras of 400 years, make leap days the last day of a year.
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01 of a date in the years 0 to 9999, nil if there is no such date.
    @inline(__always)
    static func dayNumber(year: Int, month: Int, day: Int) -> Int? {
        guard month >= 1, month <= 12, day >= 1 else { return nil }
        guard day <= 28 || day <= length(ofMonth: month, year: year) else { return nil }
        let marchYear = UInt32(truncatingIfNeeded: month <= 2 ? year &+ 399 : year &+ 400)
        let monthFromMarch = UInt32(truncatingIfNeeded: month > 2 ? month &- 3 : month &+ 9)
        let century = marchYear / 100
        let dayOfYear = (153 &* monthFromMarch &+ 2) / 5
        let leapDays = marchYear / 4 &- century &+ century / 4
        let days = 365 &* marchYear &+ leapDays &+ dayOfYear
        return Int(days) &+ day &- 1 &- 719_468 &- 146_097
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
