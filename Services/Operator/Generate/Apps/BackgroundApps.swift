/// About two thousand invented apps, the most popular first, and among them a few real ones that
/// look like targets and are none.
struct BackgroundApps {
    static let count = 2_000

    let apps: [DemoApp]

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed, part: .catalogue)
        var pairs = Self.firstWords.flatMap { first in
            Self.secondWords.map { (first, $0) }
        }
        for index in 0..<Self.count {
            pairs.swapAt(index, index + random.below(pairs.count - index))
        }
        var apps = pairs.prefix(Self.count - Self.lookAlikes.count).enumerated().map {
            Self.invented($0.element, number: $0.offset, &random)
        }
        // Spread over the popular half, so that each is met often.
        for (index, app) in Self.lookAlikes.enumerated() {
            apps.insert(app, at: 12 + index * 31)
        }
        self.apps = apps
    }

    /// How often the app at a place is met: a long tail after a few favourites.
    static func popularity(ofPlace place: Int) -> Int {
        1_000_000 / (place + 8)
    }

    private static func invented(
        _ words: (String, String),
        number: Int,
        _ random: inout SplitMix64
    ) -> DemoApp {
        let package = "com.example." + (words.0 + words.1).lowercased().filter(\.isASCII)
        // Ten digits that begin with 99 are far above the ids that Apple has given out.
        let appleID = String(9_900_000_000 + number * 7_919)
        let apple: Listing =
            random.chance(1, in: 5)
            ? .appleSales(appleID, share: 450)
            : .apple(package + ".ios", appleID, share: 450)
        let google = Listing.google(package, share: 550)
        let stores = random.below(10)
        return DemoApp(
            name: "\(words.0) \(words.1)",
            publisher: random.chance(2, in: 3) ? publisher(&random) : nil,
            listings: stores < 7 ? [apple, google] : stores < 9 ? [google] : [apple],
            rhythm: random.chance(1, in: 3) ? .work : .leisure
        )
    }

    /// An invented company.
    static func publisher(_ random: inout SplitMix64) -> String {
        "\(random.pick(firstWords)) \(random.pick(companies))"
    }

    private static let lookAlikes: [DemoApp] = [
        DemoApp(
            name: "WeChat",
            listings: [
                .apple("com.tencent.xin", "414478124", share: 500),
                .google("com.tencent.mm", share: 500),
            ],
            rhythm: .leisure
        ),
        DemoApp(
            name: "WeCom",
            listings: [
                .apple("com.tencent.ww", "1087897068", share: 500),
                .google("com.tencent.wework", share: 500),
            ],
            rhythm: .work
        ),
        DemoApp(
            name: "QQ Music",
            listings: [.google("com.tencent.qqmusic", share: 1000)],
            rhythm: .leisure
        ),
        DemoApp(
            name: "CamCard",
            listings: [.google("com.example.camcard", share: 1000)],
            rhythm: .work
        ),
    ]

    private static let companies = [
        "Labs", "Software", "Studio", "Works", "Digital", "Mobile", "Games", "Systems", "& Sons",
        "Collective", "GmbH", "Ltd.", "Inc.", "Oy", "S.A.",
    ]
    private static let firstWords = [
        "Harbor", "Maple", "Lantern", "Copper", "Juniper", "Willow", "Amber", "Granite", "Meadow",
        "Falcon", "Cedar", "Saffron", "Orchard", "Quartz", "Pebble", "Thistle", "Marlin", "Sparrow",
        "Ember", "Velvet", "Cobalt", "Hazel", "Prairie", "Summit", "Coral", "Indigo", "Bramble",
        "Otter", "Walnut", "Zephyr", "Clover", "Pelican", "Tundra", "Magnet", "Biscuit", "Ginger",
        "Raven", "Lilac", "Anchor", "Beacon", "Café", "Dune", "Fjord", "Glacier", "Heron", "Iris",
        "Jasper", "Kestrel",
    ]
    private static let secondWords = [
        "Notes", "Weather", "Ledger", "Recipes", "Runner", "Radio", "Maps", "Diary", "Puzzle",
        "Camera", "Reader", "Budget", "Fitness", "Garden", "Chess", "Trains", "Yoga", "Lessons",
        "Keyboard", "Timer", "Calendar", "Podcasts", "Sketch", "Wallpapers", "Solitaire", "Tides",
        "Translator", "Scores", "Coupons", "Clinic", "Planner", "Compass", "Cinema", "Bakery",
        "Racing", "Words", "Sleep", "Parking", "Museum", "Piano", "Tickets", "Voice", "Farm",
        "Stories", "Vault",
    ]
}
