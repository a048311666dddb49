/// Lays the units of every feed over the hours in which it reports.
struct RollupPlan {
    /// In the order of hours, then of feeds, a correction after the roll-up it corrects.
    let rollups: [Rollup]

    /// One record in so many is sent twice.
    private static let repeatRate = 2_500

    init(feeds: [Feed], options: StreamOptions) {
        var drafts: [Rollup] = []
        for (index, feed) in feeds.enumerated() {
            var random = SplitMix64(seed: options.seed, part: .activity, index)
            Self.append(feed, at: index, options: options, &random, to: &drafts)
        }
        rollups = Self.inOrder(drafts)
    }

    private static func append(
        _ feed: Feed,
        at index: Int,
        options: StreamOptions,
        _ random: inout SplitMix64,
        to drafts: inout [Rollup]
    ) {
        // Most feeds have nothing to report at a small scale.
        let isSilent = feed.units.allSatisfy { $0 == 0 }
        let hours =
            isSilent
            ? [] : ActiveHours(budget: feed.hourBudget).draw(scale: options.scale, &random)
        let middle = hours.firstIndex { $0.index >= StreamHour.countOf2020 } ?? hours.count
        let years = [hours[..<middle], hours[middle...]]
        let weights = HourWeights(
            market: feed.market,
            rhythm: feed.app.rhythm,
            seed: SplitMix64.mixed(options.seed &+ UInt64(index))
        )
        let first = drafts.count
        for (year, total) in feed.units.enumerated() where total > 0 {
            let chosen =
                years[year].isEmpty ? [anyHour(ofYear: year, &random)] : Array(years[year])
            let parts = LargestRemainder.split(total, by: chosen.map(weights.weight))
            for (hour, units) in zip(chosen, parts) where units > 0 {
                drafts.append(Rollup(feed: index, hour: hour, units: units))
            }
        }
        for place in drafts.indices[first...] {
            drafts[place].isRepeated = random.chance(1, in: repeatRate)
        }
        if feed.app.target == nil {
            appendRareCorrection(after: first, &random, to: &drafts)
        } else if Market.witnesses.contains(feed.market.country) {
            appendWitnesses(feed, at: index, after: first, to: &drafts)
        }
    }

    /// A small scale may leave a feed without an hour, never a total without a record.
    private static func anyHour(ofYear year: Int, _ random: inout SplitMix64) -> StreamHour {
        year == 0
            ? StreamHour(index: random.below(StreamHour.countOf2020))
            : StreamHour(
                index: StreamHour.countOf2020
                    + random.below(StreamHour.count - StreamHour.countOf2020)
            )
    }

    private static func appendRareCorrection(
        after first: Int,
        _ random: inout SplitMix64,
        to drafts: inout [Rollup]
    ) {
        guard drafts.count > first, random.chance(1, in: 10) else { return }
        let corrected = drafts[first + random.below(drafts.count - first)]
        drafts.append(
            Rollup(
                feed: Int(corrected.feed),
                hour: StreamHour(index: Int(corrected.hour)),
                units: -1 - random.below(2)
            )
        )
    }

    /// One unit more on both sides of every change of the order's state, whatever the scale.
    ///
    /// At home also a correction in between, which must never be flagged, and a repeat. All of it
    /// lies in 2021, beyond the press figures.
    private static func appendWitnesses(
        _ feed: Feed,
        at index: Int,
        after first: Int,
        to drafts: inout [Rollup]
    ) {
        for hour in OrderState.boundaryHours {
            let place = drafts.indices[first...].first { drafts[$0].hour == Int32(hour.index) }
            if let place {
                drafts[place].units += 1
            } else {
                drafts.append(Rollup(feed: index, hour: hour, units: 1))
            }
        }
        if feed.market.country == "US" {
            let isFirst = feed.acquisition == .firstTime
            for place in drafts.indices[first...]
            where isFirst && drafts[place].hour == OrderState.pending.firstHour.index {
                drafts[place].isRepeated = true
            }
            let hour = StreamHour(index: OrderState.unimplemented.firstHour.index + 400)
            drafts.append(Rollup(feed: index, hour: hour, units: -1))
        }
    }

    /// Sorts by hour and keeps the order of equal hours, in one pass over counted places.
    private static func inOrder(_ drafts: [Rollup]) -> [Rollup] {
        var places = Array(repeating: 0, count: StreamHour.count + 1)
        for draft in drafts { places[Int(draft.hour) + 1] += 1 }
        for hour in 0..<StreamHour.count { places[hour + 1] += places[hour] }
        var ordered = drafts
        for draft in drafts {
            ordered[places[Int(draft.hour)]] = draft
            places[Int(draft.hour)] += 1
        }
        return ordered
    }
}
