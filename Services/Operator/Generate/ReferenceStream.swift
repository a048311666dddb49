/// The reference stream: everything that will be written, planned before the first byte.
///
/// A pure function of its options. At full size the plan takes some tens of megabytes; single
/// downloads are spread only while they are written.
struct ReferenceStream: Sendable {
    let options: StreamOptions
    let feeds: [Feed]
    /// In the order of time.
    let rollups: [Rollup]
    /// In the order of time.
    let purchases: [Purchase]
    let payments: PaymentPlan

    init(options: StreamOptions) {
        self.options = options
        let targets = TargetApps.all
        let background = BackgroundApps(seed: options.seed).apps
        feeds = FeedCatalogue(targets: targets, background: background, options: options).feeds
        rollups = RollupPlan(feeds: feeds, options: options).rollups
        purchases =
            PurchasePlan(targets: targets, background: background, options: options).purchases
        payments = PaymentPlan(options: options)
    }

    /// How many records a roll-up becomes, not counting its repeat: a correction stays whole.
    func recordCount(of rollup: Rollup) -> Int {
        options.granularity == .hour || rollup.isCorrection ? 1 : Int(rollup.units)
    }

    /// What the stream says, and what screening must make of it.
    var truth: StreamTruth { StreamTruth(of: self) }
}
