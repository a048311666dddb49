/// Every feed of the stream with its units, the targets' first.
struct FeedCatalogue {
    private(set) var feeds: [Feed] = []

    private let scale: StreamScale
    private var random: SplitMix64

    init(targets: [DemoApp], background: [DemoApp], options: StreamOptions) {
        scale = options.scale
        random = SplitMix64(seed: options.seed, part: .catalogue, 1)
        for app in targets {
            addPressFeeds(of: app)
            addOtherFeeds(of: app)
        }
        for (place, app) in background.enumerated() {
            addBackground(app, popularity: BackgroundApps.popularity(ofPlace: place))
        }
    }

    /// First-time downloads in the United States, exact to the unit over all listings.
    ///
    /// The months of the order see a third of what 2020 saw.
    private mutating func addPressFeeds(of app: DemoApp) {
        let total = app.target?.downloadsOf2020 ?? 0
        let shares = app.listings.map(\.share)
        let of2020 = LargestRemainder.split(scale.rounded(total), by: shares)
        let of2021 = LargestRemainder.split(scale.rounded(total / 3), by: shares)
        let isDense = app.target?.pressFigure != nil
        for (index, listing) in app.listings.enumerated() {
            feeds.append(
                Feed(
                    app: app,
                    listing: listing,
                    market: Market.all[0],
                    acquisition: .firstTime,
                    isNamed: !listing.isSalesReport,
                    units: [of2020[index], of2021[index]],
                    hourBudget: isDense ? StreamHour.count : 1_800
                )
            )
        }
    }

    /// Everything else of a target, much thinner: it is there to be told apart, not to be large.
    private mutating func addOtherFeeds(of app: DemoApp) {
        let total = app.target?.downloadsOf2020 ?? 0
        for listing in app.listings {
            for market in Market.all {
                for kind in DownloadKind.allCases {
                    if market.country == "US", kind == .firstTime { continue }
                    let atHome = total * listing.share / 1000 * Self.permille(of: kind) / 1000
                    let units = atHome * market.weight / (market.country == "US" ? 1000 : 4000)
                    append(app, listing, market, kind, units: units, budget: market.weight * 9 / 4)
                }
            }
        }
    }

    private mutating func addBackground(_ app: DemoApp, popularity: Int) {
        let budget = popularity * Self.backgroundBudget / 1_000_000
        let marketCount = min(20, 1 + budget / 50)
        // Some apps are at home elsewhere.
        let first = random.chance(1, in: 4) ? random.below(20) : 0
        for listing in app.listings {
            for place in 0..<marketCount {
                let market = Market.all[(first + place) % 20]
                let size = place == 0 ? 500 : 300 * market.weight / 1000 + 500 / marketCount
                for kind in DownloadKind.allCases {
                    let records = budget * listing.share * size / 1_000_000
                    let budget = records * Self.permille(of: kind) / 1000
                    guard budget >= 3 || kind == .firstTime && place == 0 else { continue }
                    let unitsPerRecord = 100 + min(600, popularity / 120) + random.below(100)
                    append(
                        app,
                        listing,
                        market,
                        kind,
                        units: max(3, budget) * unitsPerRecord / 100,
                        budget: max(3, budget)
                    )
                }
            }
        }
    }

    private mutating func append(
        _ app: DemoApp,
        _ listing: Listing,
        _ market: Market,
        _ kind: DownloadKind,
        units: Int,
        budget: Int
    ) {
        let of2020 = scale.thinned(units * 2 / 3, &random)
        let of2021 = scale.thinned(units / 3, &random)
        let isNamed = !listing.isSalesReport && !random.chance(1, in: 6)
        feeds.append(
            Feed(
                app: app,
                listing: listing,
                market: market,
                acquisition: kind,
                isNamed: isNamed,
                units: [of2020, of2021],
                hourBudget: min(max(3, budget), max(3, units))
            )
        )
    }

    private static func permille(of kind: DownloadKind) -> Int {
        switch kind {
        case .firstTime: 700
        case .redownload: 150
        case .update: 250
        }
    }

    /// Records of a background app of popularity 1,000,000.
    private static let backgroundBudget = 70_000
}
