import Events

/// The parts of a feed's records that are the same in all of them.
struct FeedText {
    /// Up to the part of the id that tells the hour.
    let head: [UInt8]
    /// From the end of the id to the time.
    let middle: [UInt8]
    /// From behind the time, or the partition key, to the number of units.
    let tail: [UInt8]
    /// What records are keyed by.
    let key: [UInt8]

    init(_ feed: Feed) {
        head = Array("{\"specversion\":\"1.0\",\"id\":\"\(feed.slug)-".utf8)
        let type = EventType.appDownload.name
        middle = Array(
            "\",\"source\":\"\(feed.listing.source)\",\"type\":\"\(type)\",\"time\":\"".utf8
        )
        key = Array(feed.listing.key.utf8)
        tail = Array(",\"datacontenttype\":\"application/json\",\"data\":".utf8) + Self.data(feed)
    }

    /// The beginning of `data`, up to and with the key of `units`.
    private static func data(_ feed: Feed) -> [UInt8] {
        var json = JSONWriter()
        func member(_ name: StaticString, _ value: String?) {
            guard let value else { return }
            json.key(name)
            json.string(value)
        }
        json.beginObject()
        member("store", feed.listing.store.rawValue)
        member("appId", feed.listing.appID)
        member("storeAppId", feed.listing.storeAppID)
        if feed.isNamed {
            member("appName", feed.app.name)
            member("publisher", feed.app.publisher)
        }
        member("country", feed.market.country)
        member("acquisition", feed.acquisition.rawValue)
        json.key("units")
        return json.bytes
    }
}
