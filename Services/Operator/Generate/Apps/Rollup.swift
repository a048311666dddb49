/// What one feed reports of one hour.
struct Rollup: Sendable, Hashable, BitwiseCopyable {
    /// Place of the feed in the catalogue.
    let feed: Int32
    /// `StreamHour.index`.
    let hour: Int32
    /// Never 0; negative in a correction.
    var units: Int32
    /// Whether its first record is sent twice.
    var isRepeated = false

    /// A correction takes back units that were reported too many.
    var isCorrection: Bool { units < 0 }

    init(feed: Int, hour: StreamHour, units: Int) {
        self.feed = Int32(feed)
        self.hour = Int32(hour.index)
        self.units = Int32(units)
    }
}
