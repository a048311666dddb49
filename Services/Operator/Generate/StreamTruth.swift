/// What the stream holds and what screening must find in it, by the generator's own reasoning.
///
/// It knows of every record what it was made for, and never asks the shipped rules: so it is an
/// independent check of them. Repeats are counted once.
struct StreamTruth: Sendable {
    let options: StreamOptions
    var appStore = TopicTruth()
    var payment = TopicTruth()
    var purchaseCount = 0
    var transactionCount = 0
    /// Sorted, without rows for feeds that sent nothing in the year.
    var downloads: [Downloads] = []
    /// Units of first-time downloads of all apps in all countries, by day of the stream.
    var firstTimeByDay = Array(repeating: 0, count: StreamHour.count / 24)
    var flags: [FlagKey: Int] = [:]
    /// How many of the flags are there because the country is not known.
    var countryUnknownFlags = 0
    var paymentEvents: [PaymentKey: Int] = [:]
    /// Captured money in the smallest unit of the currency.
    var captured: [MoneyKey: Int] = [:]

    struct TopicTruth: Sendable, Hashable {
        /// All lines, repeats included.
        var records = 0
        var duplicates = 0
    }

    /// Units of one kind of a listing in a country and year.
    struct Downloads: Sendable, Hashable {
        var year: Int
        var country: String
        var store: String
        var appID: String?
        var storeAppID: String?
        var acquisition: String
        var units: Int
        /// Nil for an app in the background.
        var target: OrderTarget?
    }

    struct FlagKey: Sendable, Hashable {
        var target: OrderTarget
        var act: OrderAct
        var state: OrderState
    }

    struct PaymentKey: Sendable, Hashable {
        var method: String
        var status: PaymentStep
    }

    struct MoneyKey: Sendable, Hashable {
        var method: String
        var currency: String
    }

    init(of stream: ReferenceStream) {
        options = stream.options
        tallyDownloads(stream)
        for purchase in stream.purchases {
            appStore.records += 1
            purchaseCount += 1
            expect(
                purchase.target,
                .purchase,
                at: purchase.moment.hour,
                Market.reach(of: purchase.country),
                count: 1
            )
        }
        for event in stream.payments.events {
            tally(event, of: stream.payments.payments[event.payment])
        }
        transactionCount = stream.payments.payments.count
    }

    var recordCount: Int { appStore.records + payment.records }
    var duplicateCount: Int { appStore.duplicates + payment.duplicates }
    var flagCount: Int { flags.values.reduce(0, +) }
    /// No event is made to meet two targets.
    var flaggedEventCount: Int { flagCount }

    /// First-time downloads of a target in the United States in 2020, over all its listings.
    func pressCount(of target: OrderTarget) -> Int {
        downloads.filter {
            $0.target == target && $0.year == 2020 && $0.country == "US"
                && $0.acquisition == DownloadKind.firstTime.rawValue
        }.reduce(0) { $0 + $1.units }
    }

    private mutating func tallyDownloads(_ stream: ReferenceStream) {
        var units = Array(repeating: [0, 0], count: stream.feeds.count)
        var isSeen = Array(repeating: [false, false], count: stream.feeds.count)
        for rollup in stream.rollups {
            let hour = StreamHour(index: Int(rollup.hour))
            let place = Int(rollup.feed)
            let feed = stream.feeds[place]
            let count = stream.recordCount(of: rollup)
            appStore.records += count + (rollup.isRepeated ? 1 : 0)
            appStore.duplicates += rollup.isRepeated ? 1 : 0
            units[place][hour.yearIndex] += Int(rollup.units)
            isSeen[place][hour.yearIndex] = true
            if feed.acquisition == .firstTime { firstTimeByDay[hour.day] += Int(rollup.units) }
            guard !rollup.isCorrection else { continue }
            expect(feed.app.target, feed.acquisition.act, at: hour, feed.market.reach, count: count)
        }
        for (place, feed) in stream.feeds.enumerated() {
            for year in 0...1 where isSeen[place][year] {
                downloads.append(Downloads(feed, year: 2020 + year, units: units[place][year]))
            }
        }
        downloads = downloads.map { (key: $0.sortKey, row: $0) }
            .sorted { $0.key < $1.key }.map(\.row)
    }

    private mutating func tally(_ event: PaymentEvent, of payment: Payment) {
        self.payment.records += event.isRepeated ? 2 : 1
        self.payment.duplicates += event.isRepeated ? 1 : 0
        paymentEvents[PaymentKey(method: payment.method, status: event.status), default: 0] += 1
        if event.status == .captured {
            let key = MoneyKey(method: payment.method, currency: payment.price.currency)
            captured[key, default: 0] += payment.price.minorUnits
        }
        expect(payment.target, .payment, at: event.moment.hour, payment.reach, count: 1)
    }

    /// A flag for every event against a target between signature and revocation, unless its
    /// country is known to be elsewhere.
    private mutating func expect(
        _ target: OrderTarget?,
        _ act: OrderAct,
        at hour: StreamHour,
        _ reach: Market.Reach,
        count: Int
    ) {
        let state = OrderState(at: hour)
        guard let target, state.disposition != nil, reach != .outside else { return }
        flags[FlagKey(target: target, act: act, state: state), default: 0] += count
        if reach == .unknown { countryUnknownFlags += count }
    }
}

extension StreamTruth.Downloads {
    fileprivate init(_ feed: Feed, year: Int, units: Int) {
        self.init(
            year: year,
            country: feed.market.country,
            store: feed.listing.store.rawValue,
            appID: feed.listing.appID,
            storeAppID: feed.listing.storeAppID,
            acquisition: feed.acquisition.rawValue,
            units: units,
            target: feed.app.target
        )
    }

    /// Sorts as the members do, in the order of a count's dimensions; no member has a space.
    fileprivate var sortKey: String {
        "\(year) \(country) \(store) \(appID ?? "") \(storeAppID ?? "") \(acquisition)"
    }
}
