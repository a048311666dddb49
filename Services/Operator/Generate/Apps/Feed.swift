/// Downloads of one kind of one listing in one country, reported hour by hour.
struct Feed: Sendable {
    let app: DemoApp
    let listing: Listing
    let market: Market
    let acquisition: DownloadKind
    /// Whether the records carry the app's name and publisher.
    let isNamed: Bool
    /// Units of first-time downloads and the like in 2020 and in 2021, already scaled.
    var units: [Int]
    /// About how many hours of the full stream have a record.
    let hourBudget: Int

    /// A readable beginning of the records' ids, the same for no two feeds of a source.
    var slug: String {
        "\(market.country.lowercased())-\(listing.key)-\(acquisition.rawValue)"
    }
}

/// How the user came by an app.
enum DownloadKind: String, Sendable, CaseIterable {
    case firstTime = "first-time"
    case redownload
    case update

    /// The act of the order's prohibition.
    var act: OrderAct {
        switch self {
        case .firstTime: .download
        case .redownload: .redownload
        case .update: .update
        }
    }
}

/// The acts that the order covers.
enum OrderAct: String, Sendable, CaseIterable {
    case download, redownload, update, purchase, payment
}
