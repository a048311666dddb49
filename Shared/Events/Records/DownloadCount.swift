/// How many units of one app were downloaded on one day in one place, as one owner counted them.
///
/// The total of any selection is the sum of `count` over the latest record of each key: segments
/// make that sum exact however many owners a partition had (see ``Dimensions/segment``).
public struct DownloadCount: Sendable, Hashable {
    /// What the count is about; the record's key.
    public struct Dimensions: Sendable, Hashable {
        /// The event's UTC day; for a roll-up the day it starts on.
        public var day: Day
        /// The store's slug, such as `apple`.
        public var store: String
        /// The bundle id or package name, as the event spelled it.
        public var appID: String?
        /// Apple's numeric id.
        public var storeAppID: String?
        /// Where the download happened.
        public var country: CountryCode
        /// First-time, redownload or update.
        public var acquisition: Acquisition
        /// The input topic's full name, prefix included.
        public var topic: String
        /// The input partition.
        public var partition: Int32
        /// The input offset at which the owner of the partition began this count from zero.
        public var segment: Int64

        /// Collects the dimensions.
        public init(
            day: Day,
            app: AppKey,
            country: CountryCode,
            acquisition: Acquisition,
            origin: Origin
        ) {
            self.day = day
            store = app.store
            appID = app.appID
            storeAppID = app.storeAppID
            self.country = country
            self.acquisition = acquisition
            topic = origin.topic
            partition = origin.partition
            segment = origin.segment
        }
    }

    /// The app a count is about, named as its events name it.
    public struct AppKey: Sendable, Hashable {
        /// The store's slug.
        public var store: String
        /// The bundle id or package name.
        public var appID: String?
        /// Apple's numeric id.
        public var storeAppID: String?

        /// Names an app in a store.
        public init(store: String, appID: String?, storeAppID: String?) {
            self.store = store
            self.appID = appID
            self.storeAppID = storeAppID
        }
    }

    /// Where a count was made.
    public struct Origin: Sendable, Hashable {
        /// The input topic's full name.
        public var topic: String
        /// The input partition.
        public var partition: Int32
        /// The offset at which counting began from zero.
        public var segment: Int64

        /// Names a segment of an input partition.
        public init(topic: String, partition: Int32, segment: Int64) {
            self.topic = topic
            self.partition = partition
            self.segment = segment
        }
    }

    /// What is counted.
    public var dimensions: Dimensions
    /// Sum of the events' units; negative when corrections outweigh downloads.
    public var count: Int64
    /// The last input offset that the count covers.
    public var throughOffset: Int64

    /// Pairs dimensions with their count.
    public init(dimensions: Dimensions, count: Int64, throughOffset: Int64) {
        self.dimensions = dimensions
        self.count = count
        self.throughOffset = throughOffset
    }
}

extension DownloadCount {
    /// Appends the record's key: the dimensions as a compact JSON array.
    public func writeKey(to writer: inout JSONWriter) {
        writer.beginArray()
        writer.string(dimensions.day.description)
        writer.string(dimensions.store)
        writer.stringOrNull(dimensions.appID)
        writer.stringOrNull(dimensions.storeAppID)
        writer.string(dimensions.country.description)
        writer.string(dimensions.acquisition.word)
        writer.string(dimensions.topic)
        writer.integer(Int64(dimensions.partition))
        writer.integer(dimensions.segment)
        writer.endArray()
    }

    /// Appends the record's value: the dimensions by name, the count and what it covers.
    public func writeValue(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("day")
        writer.string(dimensions.day.description)
        writer.key("store")
        writer.string(dimensions.store)
        writer.key("appId")
        writer.stringOrNull(dimensions.appID)
        writer.key("storeAppId")
        writer.stringOrNull(dimensions.storeAppID)
        writer.key("country")
        writer.string(dimensions.country.description)
        writer.key("acquisition")
        writer.string(dimensions.acquisition.word)
        writer.key("topic")
        writer.string(dimensions.topic)
        writer.key("partition")
        writer.integer(Int64(dimensions.partition))
        writer.key("segment")
        writer.integer(dimensions.segment)
        writer.key("count")
        writer.integer(count)
        writer.key("throughOffset")
        writer.integer(throughOffset)
        writer.endObject()
    }

    /// Reads a record's value back.
    ///
    /// - Throws: ``Rejection`` naming the member that is missing or wrong.
    public init(value: RawSpan) throws(Rejection) {
        let record = RecordReader(try JSONValue.parse(value))
        let app = AppKey(
            store: try record.text("store"),
            appID: try record.optionalText("appId"),
            storeAppID: try record.optionalText("storeAppId")
        )
        let origin = Origin(
            topic: try record.text("topic"),
            partition: try record.int32("partition"),
            segment: try record.integer("segment")
        )
        self.init(
            dimensions: Dimensions(
                day: try record.value("day", Day.init),
                app: app,
                country: try record.value("country", CountryCode.init),
                acquisition: try record.value("acquisition", Acquisition.init(word:)),
                origin: origin
            ),
            count: try record.integer("count"),
            throughOffset: try record.integer("throughOffset")
        )
    }
}
