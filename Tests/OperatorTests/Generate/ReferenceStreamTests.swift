import Testing

@testable import Operator

/// The plan and the truth of the full stream, which is never written here.
struct ReferenceStreamTests {
    private static let full = ReferenceStream(options: StreamOptions())
    private static let truth = full.truth

    @Test func `the press figures are met to the unit`() {
        #expect(Self.truth.pressCount(of: .alipay) == 207_000)
        #expect(Self.truth.pressCount(of: .camscanner) == 4_400_000)
        #expect(Self.truth.pressCount(of: .wpsOffice) == 563_000)
    }

    @Test func `hourly roll-ups are few enough for a small broker`() {
        #expect((600_000...850_000).contains(Self.truth.recordCount))
        #expect(Self.truth.duplicateCount > 100)
    }

    @Test func `single downloads are several million`() {
        let counts = Self.full.rollups.map { max(1, Int($0.units)) }
        #expect((8_000_000...13_000_000).contains(counts.reduce(0, +)))
    }

    @Test func `a year of downloads leaves no day out`() {
        var byDay = Array(repeating: 0, count: 366)
        let isMeant = Self.full.feeds.map {
            $0.app.target == .camscanner && $0.market.country == "US"
                && $0.acquisition == .firstTime
        }
        for rollup in Self.full.rollups
        where isMeant[Int(rollup.feed)] && rollup.hour < StreamHour.countOf2020 {
            byDay[Int(rollup.hour) / 24] += Int(rollup.units)
        }
        #expect(byDay.reduce(0, +) == 4_400_000)
        #expect(byDay.allSatisfy { (5_000..<20_000).contains($0) })
        #expect(Set(byDay).count > 300)
    }

    @Test func `the days sum to the first-time downloads of all feeds`() {
        let firstTime = Self.truth.downloads.filter { $0.acquisition == "first-time" }
        #expect(Self.truth.firstTimeByDay.reduce(0, +) == firstTime.reduce(0) { $0 + $1.units })
        #expect(Self.truth.firstTimeByDay.allSatisfy { $0 > 0 })
    }

    @Test func `every feed has what its plan says, give or take witnesses and corrections`() {
        var sums = Self.full.feeds.map { _ in 0 }
        for rollup in Self.full.rollups { sums[Int(rollup.feed)] += Int(rollup.units) }
        let wrong = zip(sums, Self.full.feeds).filter { sum, feed in
            let planned = feed.units.reduce(0, +)
            let isWitness =
                feed.app.target != nil && Market.witnesses.contains(feed.market.country)
            let extra = isWitness ? OrderState.boundaryHours.count : 0
            return !(planned - 2...planned + extra).contains(sum)
        }
        #expect(wrong.map(\.1.slug) == [])
    }

    @Test(arguments: OrderTarget.allCases)
    func `a target has events inside, outside and unknown in every state`(target: OrderTarget) {
        let acts: [OrderAct] =
            switch target {
            case .qqWallet: [.payment]
            case .weChatPay: [.payment, .purchase]
            default: OrderAct.allCases
            }
        for state in OrderState.allCases {
            for reach in [Market.Reach.inside, .outside, .unknown] {
                for act in acts {
                    let sight = Sight(target: target, state: state, reach: reach, act: act)
                    #expect(Self.sights.contains(sight))
                }
            }
        }
    }

    private struct Sight: Hashable {
        var target: OrderTarget
        var state: OrderState
        var reach: Market.Reach
        var act: OrderAct
    }

    /// What happens to the targets somewhere in the full stream.
    private static let sights: Set<Sight> = {
        var sights: Set<Sight> = []
        func see(_ target: OrderTarget?, _ hour: StreamHour, _ reach: Market.Reach, _ act: OrderAct)
        {
            guard let target else { return }
            sights.insert(
                Sight(target: target, state: OrderState(at: hour), reach: reach, act: act)
            )
        }
        let isTarget = full.feeds.map { $0.app.target != nil }
        for rollup in full.rollups where isTarget[Int(rollup.feed)] && !rollup.isCorrection {
            let feed = full.feeds[Int(rollup.feed)]
            let hour = StreamHour(index: Int(rollup.hour))
            see(feed.app.target, hour, feed.market.reach, feed.acquisition.act)
        }
        for purchase in full.purchases {
            let reach = Market.reach(of: purchase.country)
            see(purchase.target, purchase.moment.hour, reach, .purchase)
        }
        for event in full.payments.events {
            let payment = full.payments.payments[event.payment]
            see(payment.target, event.moment.hour, payment.reach, .payment)
        }
        return sights
    }()

    @Test func `flags are there for all acts, in the two states that ask for a review`() {
        let keys = Set(Self.truth.flags.keys)
        #expect(Set(keys.map(\.target)) == Set(OrderTarget.allCases))
        #expect(Set(keys.map(\.act)) == Set(OrderAct.allCases))
        #expect(Set(keys.map(\.state)) == [.pending, .unimplemented])
        #expect(Self.truth.countryUnknownFlags > 0)
        #expect(Self.truth.flagCount < Self.truth.recordCount / 10)
    }

    @Test func `about two thousand apps follow a long tail`() {
        var counts = Self.full.feeds.map { _ in 0 }
        for rollup in Self.full.rollups { counts[Int(rollup.feed)] += 1 }
        let records = zip(Self.full.feeds, counts).reduce(into: [String: Int]()) {
            $0[$1.0.app.name, default: 0] += $1.1
        }
        let sizes = records.values.sorted(by: >)
        #expect((1_950...2_010).contains(sizes.count))
        #expect(sizes[20] > 2_000)
        #expect(sizes[1_500] < 60)
    }

    @Test func `no two apps share an identifier`() {
        let apps = TargetApps.all + BackgroundApps(seed: 1).apps
        #expect(Set(apps.map(\.name)).count == apps.count)
        let ids = apps.map { app in
            Set(app.listings.flatMap { [$0.appID, $0.storeAppID].compactMap(\.self) })
        }
        #expect(ids.reduce(0) { $0 + $1.count } == Set(ids.joined()).count)
    }

    @Test(arguments: [0.1, 0.01, 0.001])
    func `a scale rounds the press figures and thins the records`(fraction: Double) throws {
        let scale = try #require(StreamScale(fraction))
        let truth = ReferenceStream(options: StreamOptions(scale: scale)).truth
        #expect(truth.pressCount(of: .alipay) == scale.rounded(207_000))
        #expect(truth.pressCount(of: .camscanner) == scale.rounded(4_400_000))
        #expect(truth.pressCount(of: .wpsOffice) == scale.rounded(563_000))
        let share = scale.rounded(Self.truth.recordCount)
        #expect((share / 2...share * 3 / 2 + 10_000).contains(truth.recordCount))
        #expect(truth.duplicateCount > 0)
        #expect(Set(truth.flags.keys.map(\.target)) == Set(OrderTarget.allCases))
    }

    @Test(arguments: [
        (1.0, "1"), (0.5, "0.5"), (0.01, "0.01"), (0.000_001, "0.000001"), (0.25, "0.25"),
        (0.123_456_7, "0.123457"), (0.999_999_9, "1"),
    ])
    func `a scale is held in millionths`(fraction: Double, text: String) {
        #expect(StreamScale(fraction)?.text == text)
    }

    @Test(arguments: [0, -0.1, 1.01, 0.000_000_1, .infinity, .nan])
    func `a scale out of range is refused`(fraction: Double) {
        #expect(StreamScale(fraction) == nil)
    }
}
