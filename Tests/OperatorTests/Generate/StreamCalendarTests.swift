import Events
import Testing

@testable import Operator

struct StreamCalendarTests {
    @Test(arguments: [
        (OrderState.beforeSignature, "2020-01-01T00:00:00Z"),
        (.pending, "2021-01-05T00:00:00-05:00"),
        (.unimplemented, "2021-02-19T00:00:00-05:00"),
        (.revoked, "2021-06-09T00:00:00-04:00"),
    ])
    func `a state begins at midnight in New York`(state: OrderState, time: String) {
        let hour = state.firstHour
        #expect(StreamMoment(hour, millisecond: 0).timestamp == Timestamp(rfc3339: time))
        #expect(OrderState(at: hour) == state)
        #expect(OrderState(at: StreamHour(index: hour.index + 1)) == state)
        guard state != .beforeSignature else { return }
        #expect(OrderState(at: StreamHour(index: hour.index - 1)).rawValue == state.rawValue - 1)
    }

    @Test(arguments: [
        (0, "2020-01-01T00", 2), (59 * 24 + 5, "2020-02-29T05", 5),
        (366 * 24 - 1, "2020-12-31T23", 3), (366 * 24, "2021-01-01T00", 4),
        (StreamHour.count - 1, "2021-06-30T23", 2), (StreamHour.count, "2021-07-01T00", 3),
    ])
    func `an hour knows its date and weekday`(index: Int, text: String, weekday: Int) {
        let hour = StreamHour(index: index)
        #expect(String(decoding: hour.text, as: UTF8.self) == text)
        #expect(StreamHour.weekday(ofDay: hour.day) == weekday)
        #expect(hour.yearIndex == (text.hasPrefix("2020") ? 0 : 1))
    }

    @Test(arguments: [3, 40, 700, 2_000, 6_000, StreamHour.count])
    func `a feed reports about as often as its budget says`(budget: Int) {
        var random = SplitMix64(seed: 7)
        let draws = (0..<20).map { _ in
            ActiveHours(budget: budget).draw(scale: .full, &random)
        }
        #expect(draws.allSatisfy { $0 == Array(Set($0)).sorted() })
        #expect(draws.allSatisfy { ($0.last?.index ?? 0) < StreamHour.count })
        let mean = draws.reduce(0) { $0 + $1.count } / draws.count
        #expect(mean > budget / 2 && mean < budget * 2)
    }

    @Test func `a week and a day of work differ from those of leisure`() throws {
        let us = try #require(Market.all.first)
        func total(_ rhythm: HourWeights.Rhythm, where holds: (StreamHour) -> Bool) -> Int {
            let weights = HourWeights(market: us, rhythm: rhythm, seed: 1)
            return (0..<StreamHour.countOf2020).map(StreamHour.init(index:)).filter(holds)
                .reduce(0) { $0 + weights.weight(of: $1) }
        }
        func isWeekend(_ hour: StreamHour) -> Bool { StreamHour.weekday(ofDay: hour.day) >= 5 }
        func isNight(_ hour: StreamHour) -> Bool { (8..<12).contains(hour.hourOfDay) }
        #expect(total(.work, where: isWeekend) < total(.leisure, where: isWeekend))
        #expect(total(.leisure, where: isNight) * 10 < total(.leisure) { !isNight($0) })
    }

    @Test(arguments: [
        ("USD", 1_234, "12.34"), ("USD", 5, "0.05"), ("JPY", 1_234, "1234"), ("EUR", 100, "1.00"),
    ])
    func `money has the digits of its currency`(currency: String, minor: Int, text: String) {
        #expect(Price.text(minor, currency: currency) == text)
        #expect(Money(text) != nil)
    }
}
