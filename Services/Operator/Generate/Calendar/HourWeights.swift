/// How much of a feed's year falls into an hour: season, growth, weekday, time of day and noise,
/// in whole numbers throughout.
struct HourWeights {
    /// When people use an app.
    enum Rhythm: Sendable { case work, leisure }

    private let market: Market
    private let rhythm: Rhythm
    private let seed: UInt64

    init(market: Market, rhythm: Rhythm, seed: UInt64) {
        self.market = market
        self.rhythm = rhythm
        self.seed = seed
    }

    /// A positive weight, at most about 2 million.
    func weight(of hour: StreamHour) -> Int {
        let local = max(0, hour.index + market.hoursAhead)
        let day = local / 24
        let weekday = StreamHour.weekday(ofDay: day)
        let ofWeek = rhythm == .work ? Self.workWeek[weekday] : Self.leisureWeek[weekday]
        let shape = Self.season(ofDay: day) * ofWeek * Self.hours[local % 24]
        let growth = 1000 + day / 2
        let noise = noise(day, spread: 120) * noise(0x1_0000 + local, spread: 80) / 1000
        return max(1, shape * growth / 1000 * noise / 1000)
    }

    /// 1000 give or take the spread.
    private func noise(_ place: Int, spread: Int) -> Int {
        let word = SplitMix64.mixed(seed ^ SplitMix64.mixed(UInt64(place)))
        return 1000 - spread + Int(word >> 40) * 2 * spread >> 24
    }

    /// Slides from the level of one month to that of the next, without steps.
    private static func season(ofDay day: Int) -> Int {
        let tenthsOfMonths = day * 120 / 365
        let month = tenthsOfMonths / 10
        let from = months[month % 12]
        let to = months[(month + 1) % 12]
        return from + (to - from) * (tenthsOfMonths % 10) / 10
    }

    private static let months = [100, 98, 112, 118, 110, 104, 100, 102, 106, 101, 99, 105]
    private static let workWeek = [112, 114, 112, 110, 102, 78, 72]
    private static let leisureWeek = [96, 95, 97, 98, 102, 108, 104]
    /// From midnight, in local time.
    private static let hours = [
        30, 20, 14, 10, 10, 14, 24, 40, 56, 66, 72, 76,
        80, 82, 82, 84, 86, 90, 96, 100, 98, 86, 64, 44,
    ]
}
