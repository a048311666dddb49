/// What decides the bytes of a reference stream: the same options give the same bytes anywhere.
struct StreamOptions: Sendable, Hashable {
    var scenario = StreamScenario.us2020
    var seed: UInt64 = 20_210_105
    var granularity = StreamGranularity.hour
    var scale = StreamScale.full
}

/// The streams that can be generated.
enum StreamScenario: String, Sendable, CaseIterable {
    /// 2020 with the press figures of the United States, and the first half of 2021.
    case us2020 = "us-2020"
}

/// How finely the stores' feeds report downloads; payments and purchases are always single.
enum StreamGranularity: String, Sendable, CaseIterable {
    /// One roll-up per feed and hour, with `units` and `periodEnd`.
    case hour
    /// One record per download.
    case event
}

/// The share of the full stream to generate, in whole millionths so that nothing hangs on
/// floating point.
struct StreamScale: Sendable, Hashable {
    let partsPerMillion: Int

    static let full = StreamScale(partsPerMillion: 1_000_000)

    private init(partsPerMillion: Int) {
        self.partsPerMillion = partsPerMillion
    }

    /// Nil unless the fraction is above 0, at most 1, and at least a millionth when rounded.
    init?(_ fraction: Double) {
        guard fraction > 0, fraction <= 1 else { return nil }
        let parts = Int((fraction * 1_000_000).rounded())
        guard parts > 0 else { return nil }
        self.init(partsPerMillion: parts)
    }

    /// The scaled total, halves rounded up: for totals that are stated.
    func rounded(_ total: Int) -> Int {
        (total * partsPerMillion + 500_000) / 1_000_000
    }

    /// The scaled total, rounded by chance: for many small totals, which would all round to 0.
    func thinned(_ total: Int, _ random: inout SplitMix64) -> Int {
        (total * partsPerMillion + random.below(1_000_000)) / 1_000_000
    }

    /// Whether one of many records stays.
    func keeps(_ random: inout SplitMix64) -> Bool {
        self == .full || random.below(1_000_000) < partsPerMillion
    }

    /// As a decimal, such as `0.01` or `1`.
    var text: String {
        guard self != .full else { return "1" }
        let digits = String(partsPerMillion)
        let padded = String(repeating: "0", count: 6 - digits.count) + digits
        let significant = padded.reversed().drop { $0 == "0" }.reversed()
        return "0." + String(significant)
    }
}
