/// The purchases of the stream.
struct PurchasePlan {
    /// In the order of time.
    let purchases: [Purchase]

    /// Purchases in the full stream, apart from those at the changes of state.
    private static let count = 6_000

    init(targets: [DemoApp], background: [DemoApp], options: StreamOptions) {
        var random = SplitMix64(seed: options.seed, part: .purchases)
        var purchases: [Purchase] = []
        for _ in 0..<options.scale.rounded(Self.count) {
            let isTarget = random.chance(1, in: 8)
            let app = isTarget ? random.pick(targets) : background[random.below(200)]
            let method = isTarget ? Self.plainMethods.draw(&random) : Self.methods.draw(&random)
            let market = random.chance(1, in: 2) ? Market.all[0] : random.pick(Market.all)
            purchases.append(
                Purchase(
                    moment: .draw(&random),
                    app: app,
                    listing: random.pick(app.listings),
                    country: market.country,
                    price: Price(cents: random.pick(Self.cents), in: market.currency),
                    method: method,
                    target: app.target ?? Self.rail(method)
                )
            )
        }
        Self.appendWitnesses(targets: targets, stranger: background[0], to: &purchases)
        self.purchases = purchases.enumerated()
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)
    }

    /// Every app of the order, and WeChat Pay as a means of payment, around every change of state.
    private static func appendWitnesses(
        targets: [DemoApp],
        stranger: DemoApp,
        to purchases: inout [Purchase]
    ) {
        for (place, hour) in OrderState.boundaryHours.enumerated() {
            for (index, country) in Market.witnesses.enumerated() {
                // The outermost milliseconds of the hour, where a wrong border would show.
                let edge = place % 2 == 0 ? StreamHour.milliseconds - 1 - index : index
                let moment = StreamMoment(hour, millisecond: edge)
                let price = Price(cents: 499, in: country == "DE" ? "EUR" : "USD")
                for app in targets {
                    purchases.append(
                        Purchase(
                            moment: moment,
                            app: app,
                            listing: app.listings[0],
                            country: country,
                            price: price,
                            method: nil,
                            target: app.target
                        )
                    )
                }
                purchases.append(
                    Purchase(
                        moment: moment,
                        app: stranger,
                        listing: stranger.listings[0],
                        country: country,
                        price: price,
                        method: "wechat_pay",
                        target: .weChatPay
                    )
                )
            }
        }
    }

    /// The target that a payment method is a rail of.
    static func rail(_ method: String?) -> OrderTarget? {
        switch method {
        case "alipay": .alipay
        case "wechat_pay": .weChatPay
        default: nil
        }
    }

    private static let cents = [99, 199, 299, 499, 999, 1_499, 1_999, 4_999]
    private static let plainMethods = WeightedChoice<String?>([
        (nil, 5), ("card", 3), ("carrier_billing", 1),
    ])
    private static let methods = WeightedChoice<String?>([
        (nil, 50), ("card", 38), ("carrier_billing", 8), ("alipay", 2), ("wechat_pay", 2),
    ])
}
