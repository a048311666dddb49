/// The payments of the stream and what becomes of them.
struct PaymentPlan {
    private(set) var payments: [Payment] = []
    /// In the order of time.
    private(set) var events: [PaymentEvent] = []
    /// Names of the merchants, by `Payment.merchant`.
    private(set) var merchants: [String] = []

    /// Payments in the full stream, apart from those at the changes of state.
    private static let count = 26_000
    private static let merchantCount = 400
    /// One event in so many is sent twice.
    private static let repeatRate = 800
    private static let day = 86_400

    init(options: StreamOptions) {
        var random = SplitMix64(seed: options.seed, part: .payments)
        merchants = (0..<Self.merchantCount).map { _ in BackgroundApps.publisher(&random) }
        for _ in 0..<options.scale.rounded(Self.count) {
            let payment = draw(&random)
            payments.append(payment)
            appendLife(from: .draw(&random), &random)
        }
        appendWitnesses()
        events = events.enumerated()
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)
    }

    private func draw(_ random: inout SplitMix64) -> Payment {
        let method = Self.methods.draw(&random)
        let route = Self.routes.draw(&random)
        let isTransfer = method == "bank_transfer"
        let counterparty =
            isTransfer
            ? Self.counterparties.draw(&random)
            : Counterparty(name: random.chance(1, in: 4) ? random.pick(merchants) : nil)
        let cents = 100 + random.below(500) * random.below(60)
        return Payment(
            transactionID: transactionID(payments.count),
            provider: Self.provider(method),
            method: method,
            price: Price(cents: cents, in: route.currency),
            payer: route.payer,
            payee: route.payee,
            merchant: random.below(merchants.count),
            counterparty: counterparty.name,
            target: PurchasePlan.rail(method) ?? counterparty.target
        )
    }

    private func transactionID(_ number: Int) -> String {
        let digits = String(number + 1)
        return "txn-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Attempted, then failed or authorised and captured; a few come back weeks later.
    private mutating func appendLife(from start: StreamMoment, _ random: inout SplitMix64) {
        var steps: [(PaymentStep, Int)] = [(.attempted, 0)]
        if random.chance(7, in: 100) {
            steps.append((.failed, 1 + random.below(15)))
        } else {
            let authorised = 1 + random.below(20)
            let captured = authorised + 5 + random.below(7_200)
            steps += [(.authorised, authorised), (.captured, captured)]
            if random.chance(8, in: 100) {
                steps.append((.refunded, captured + Self.day + random.below(10 * Self.day)))
            } else if random.chance(1, in: 100) {
                steps.append((.disputed, captured + 5 * Self.day + random.below(40 * Self.day)))
            }
        }
        for (index, (step, seconds)) in steps.enumerated() {
            let moment = start.advanced(bySeconds: seconds)
            guard moment.isInStream else { return }
            events.append(
                PaymentEvent(
                    moment: moment,
                    payment: payments.count - 1,
                    status: step,
                    number: index + 1,
                    isRepeated: random.chance(1, in: Self.repeatRate)
                )
            )
        }
    }

    /// Every target on every kind of route around every change of state, whatever the scale.
    private mutating func appendWitnesses() {
        for (place, hour) in OrderState.boundaryHours.enumerated() {
            for target in OrderTarget.allCases {
                for (index, route) in Route.witnesses.enumerated() {
                    // The outermost milliseconds of the hour, where a wrong border would show.
                    let edge = place % 2 == 0 ? StreamHour.milliseconds - 1 - index : index
                    let method = Self.witnessMethod(of: target)
                    payments.append(
                        Payment(
                            transactionID: transactionID(payments.count),
                            provider: Self.provider(method),
                            method: method,
                            price: Price(cents: 2_500, in: route.currency),
                            payer: route.payer,
                            payee: route.payee,
                            merchant: target.rawValue,
                            counterparty: PurchasePlan.rail(method) == nil ? target.title : nil,
                            target: target
                        )
                    )
                    events.append(
                        PaymentEvent(
                            moment: StreamMoment(hour, millisecond: edge),
                            payment: payments.count - 1,
                            status: .captured,
                            number: 1,
                            isRepeated: index == 0 && place == 1
                        )
                    )
                }
            }
        }
    }

    private static func witnessMethod(of target: OrderTarget) -> String {
        switch target {
        case .alipay: "alipay"
        case .weChatPay: "wechat_pay"
        default: "bank_transfer"
        }
    }

    private static func provider(_ method: String) -> Payment.Provider {
        method == "paypal" || method == "bank_transfer" ? .adyen : .stripe
    }

    private static let methods = WeightedChoice([
        ("card", 55), ("alipay", 11), ("wechat_pay", 11), ("paypal", 9), ("bank_transfer", 6),
        ("sepa_debit", 5), ("klarna", 3),
    ])
    private static let counterparties = WeightedChoice([
        (Counterparty(name: nil), 5),
        (Counterparty(name: "Harbor & Daughters"), 5),
        (Counterparty(name: "WeChat"), 2),
        (Counterparty(name: "QQ Wallet", target: .qqWallet), 3),
        (Counterparty(name: "QQ钱包", target: .qqWallet), 2),
        (Counterparty(name: "WeChat Pay", target: .weChatPay), 3),
    ])
    private static let routes = WeightedChoice(Route.all)
}

/// Who is on the other side of a transfer, and what the order's rule must find in the name.
private struct Counterparty: Sendable {
    var name: String?
    var target: OrderTarget?
}
