/// A payment through a payment service provider; its events share the transaction id.
struct Payment: Sendable {
    let transactionID: String
    let provider: Provider
    let method: String
    let price: Price
    let payer: String?
    let payee: String?
    let merchant: Int
    let counterparty: String?
    /// What the order's rule must find, nil if nothing.
    let target: OrderTarget?

    enum Provider: String, Sendable { case stripe, adyen }

    /// The order reaches a payment if it reaches either side.
    var reach: Market.Reach {
        let sides = [Market.reach(of: payer), Market.reach(of: payee)]
        return sides.contains(.inside) ? .inside : sides.contains(.unknown) ? .unknown : .outside
    }
}

/// One event of a payment, a `cordon.payment.transaction`.
struct PaymentEvent: Sendable {
    let moment: StreamMoment
    /// Place of the payment in the plan.
    let payment: Int
    let status: PaymentStep
    /// Place of the event in its payment, from 1.
    let number: Int
    var isRepeated = false
}

/// Where a payment stands.
enum PaymentStep: String, Sendable, CaseIterable {
    case attempted, authorised, captured, refunded, failed, disputed

    /// The word that Stripe has for it.
    var stripeWord: String {
        switch self {
        case .attempted: "requires_action"
        case .authorised: "requires_capture"
        case .captured: "succeeded"
        case .refunded: "refunded"
        case .failed: "failed"
        case .disputed: "needs_response"
        }
    }
}
