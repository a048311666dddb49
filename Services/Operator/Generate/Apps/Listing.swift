/// An app as one feed of one store names it.
struct Listing: Sendable, Hashable {
    let store: Store
    let appID: String?
    let storeAppID: String?
    /// Out of 1000 downloads of the app, how many this feed reports.
    let share: Int

    enum Store: String, Sendable { case apple, google }

    private init(_ store: Store, _ appID: String?, _ storeAppID: String?, _ share: Int) {
        self.store = store
        self.appID = appID
        self.storeAppID = storeAppID
        self.share = share
    }

    /// A feed that knows the bundle id and the numeric id.
    static func apple(_ bundleID: String, _ number: String, share: Int) -> Listing {
        Listing(.apple, bundleID, number, share)
    }

    /// A sales report, which knows nothing but the numeric id.
    static func appleSales(_ number: String, share: Int) -> Listing {
        Listing(.apple, nil, number, share)
    }

    static func google(_ package: String, share: Int) -> Listing {
        Listing(.google, package, nil, share)
    }

    /// The CloudEvents source of the feed's downloads.
    var source: String {
        "urn:cordon:demo:\(store.rawValue)" + (isSalesReport ? ":sales" : "")
    }

    var isSalesReport: Bool { appID == nil }

    /// What the records are keyed by.
    var key: String { appID ?? storeAppID ?? "" }
}
