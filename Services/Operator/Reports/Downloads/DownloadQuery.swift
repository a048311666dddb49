import ArgumentParser
import Events

/// What of the counts a report is about, and by what it is broken down.
struct DownloadQuery {
    /// What counts may be broken down by.
    enum Dimension: String, CaseIterable {
        case app, day, month, year, store, country, acquisition
    }

    /// Days from here on; nil for all.
    var from: Day?
    /// Days up to here, inclusive; nil for all.
    var to: Day?
    /// Empty for all.
    var countries: Set<CountryCode> = []
    /// Target ids or app ids; empty for all.
    var apps: [String] = []
    /// Slugs; empty for all.
    var stores: Set<String> = []
    /// Nil for all.
    var acquisition: Acquisition? = .firstTime
    /// The breakdown, in the order of the columns.
    var grouping: [Dimension] = [.app]
    /// Whether apps that no directive names are left out.
    var isTargetsOnly = false

    /// Whether a key's own dimensions, all but the app, are asked for.
    func selects(_ key: CountTable.Key) -> Bool {
        if let from, key.day < from { return false }
        if let to, to < key.day { return false }
        if let acquisition, key.acquisition != acquisition { return false }
        return countries.isEmpty || countries.contains(key.country)
    }

    /// Whether an app is asked for.
    func selects(_ app: DownloadCount.AppKey, names: AppNames) -> Bool {
        guard stores.isEmpty || stores.contains(app.store) else { return false }
        guard !isTargetsOnly || names.line(of: app).isTarget else { return false }
        return apps.isEmpty || apps.contains { names.matches(app, name: $0) }
    }
}
