/// Chooses the hours in which a feed reports.
///
/// A small feed reports a few hours of a few days, not one hour of many days: that is how small
/// apps behave, and it keeps the number of counted days within what a small broker bears.
struct ActiveHours {
    private let dayGap: Int
    private let hourGap: Int

    /// Hours that a feed of few records reports on a day it reports at all.
    private static let reportsPerDay = 4

    /// Gaps that give about `budget` hours over the whole stream.
    init(budget: Int) {
        let budget = max(1, budget)
        let days = StreamHour.count / 24
        if budget >= StreamHour.count {
            (dayGap, hourGap) = (1, 1)
        } else if budget >= days * Self.reportsPerDay {
            (dayGap, hourGap) = (1, StreamHour.count / budget)
        } else {
            (dayGap, hourGap) = (days * Self.reportsPerDay / budget, 24 / Self.reportsPerDay)
        }
    }

    /// The hours in order, thinned to the scale.
    func draw(scale: StreamScale, _ random: inout SplitMix64) -> [StreamHour] {
        var hours: [StreamHour] = []
        var day = random.below(dayGap)
        while day < StreamHour.count / 24 {
            var hour = random.below(hourGap)
            while hour < 24 {
                if scale.keeps(&random) { hours.append(StreamHour(day: day, hour: hour)) }
                hour += Self.step(hourGap, &random)
            }
            day += Self.step(dayGap, &random)
        }
        return hours
    }

    /// A step of 1 or more that is `gap` on average.
    private static func step(_ gap: Int, _ random: inout SplitMix64) -> Int {
        gap == 1 ? 1 : 1 + random.below(2 * gap - 1)
    }
}
