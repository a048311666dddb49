import Events

/// Writes records as CloudEvents, one a line.
struct LineWriter {
    /// What has been written and not yet been taken.
    var bytes: [UInt8] = []

    private let stream: ReferenceStream
    private let feeds: [FeedText]
    private var json = JSONWriter(reserving: 1024)
    private var hour = StreamHour(index: 0)
    private var hourText: [UInt8] = []
    private var periodEndText: [UInt8] = []

    init(stream: ReferenceStream) {
        self.stream = stream
        feeds = stream.feeds.map(FeedText.init)
    }

    /// Turns to an hour, whose entries follow.
    mutating func begin(_ hour: StreamHour) {
        self.hour = hour
        hourText = hour.text
        periodEndText = StreamHour(index: hour.index + 1).text
    }

    mutating func append(_ entry: HourAgenda.Entry) {
        switch entry.kind {
        case .rollup: append(stream.rollups[Int(entry.place)])
        case .download: append(stream.rollups[Int(entry.place)], entry)
        case .purchase: append(stream.purchases[Int(entry.place)], number: Int(entry.place))
        case .payment: append(stream.payments.events[Int(entry.place)])
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    // MARK: - Downloads, put together from prepared parts

    private mutating func append(_ rollup: Rollup) {
        let feed = feeds[Int(rollup.feed)]
        bytes.append(contentsOf: feed.head)
        bytes.append(contentsOf: hourText)
        if rollup.isCorrection { append("-correction") }
        bytes.append(contentsOf: feed.middle)
        bytes.append(contentsOf: hourText)
        append(":00:00Z\"")
        if stream.options.granularity == .event { appendPartitionKey(feed) }
        bytes.append(contentsOf: feed.tail)
        if rollup.isCorrection { bytes.append(UInt8(ascii: "-")) }
        append(Int(rollup.units.magnitude), digits: 1)
        if stream.options.granularity == .hour {
            append(",\"periodEnd\":\"")
            bytes.append(contentsOf: periodEndText)
            append(":00:00Z\"")
        }
        append("}}")
    }

    private mutating func append(_ rollup: Rollup, _ entry: HourAgenda.Entry) {
        let feed = feeds[Int(rollup.feed)]
        bytes.append(contentsOf: feed.head)
        bytes.append(contentsOf: hourText)
        bytes.append(UInt8(ascii: "-"))
        append(Int(entry.unit) + 1, digits: 4)
        bytes.append(contentsOf: feed.middle)
        bytes.append(contentsOf: hourText)
        let (second, millisecond) = Int(entry.millisecond).quotientAndRemainder(dividingBy: 1000)
        bytes.append(UInt8(ascii: ":"))
        append(second / 60, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(second % 60, digits: 2)
        bytes.append(UInt8(ascii: "."))
        append(millisecond, digits: 3)
        append("Z\"")
        appendPartitionKey(feed)
        bytes.append(contentsOf: feed.tail)
        append("1}}")
    }

    /// Single downloads are keyed by app and hour of the day: keyed by app alone, a third of the
    /// whole stream would stand in one partition.
    private mutating func appendPartitionKey(_ feed: FeedText) {
        append(",\"partitionkey\":\"")
        bytes.append(contentsOf: feed.key)
        bytes.append(UInt8(ascii: "/"))
        append(hour.hourOfDay, digits: 2)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// A non-negative number with leading zeros, as many digits as asked or more.
    private mutating func append(_ number: Int, digits: Int) {
        var power = 1
        var width = 1
        while width < digits || number / power >= 10 {
            power *= 10
            width += 1
        }
        while power > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / power % 10))
            power /= 10
        }
    }

    // MARK: - Purchases and payments, which are few

    private mutating func append(_ purchase: Purchase, number: Int) {
        let store = purchase.listing.store.rawValue
        beginEvent(
            id: "purchase-\(number + 1)",
            source: "urn:cordon:demo:\(store):purchases",
            type: .appPurchase,
            at: purchase.moment
        )
        member("store", store)
        member("appId", purchase.listing.appID)
        member("storeAppId", purchase.listing.storeAppID)
        member("appName", purchase.listing.isSalesReport ? nil : purchase.app.name)
        member("country", purchase.country)
        member("transactionId", "order-\(number + 1)")
        member("status", PaymentStep.captured.rawValue)
        member("amount", purchase.price.text)
        member("currency", purchase.price.currency)
        member("product", "premium")
        member("paymentMethod", purchase.method)
        endEvent()
    }

    private mutating func append(_ event: PaymentEvent) {
        let payment = stream.payments.payments[event.payment]
        let isStripe = payment.provider == .stripe
        beginEvent(
            id: "\(payment.transactionID)-\(event.number)-\(event.status.rawValue)",
            source: "urn:cordon:demo:psp:\(payment.provider.rawValue)",
            type: .paymentTransaction,
            at: event.moment
        )
        member("transactionId", payment.transactionID)
        member("status", event.status.rawValue)
        member("vendorStatus", isStripe ? event.status.stripeWord : nil)
        member("paymentMethod", payment.method)
        member("amount", payment.price.text)
        member("currency", payment.price.currency)
        member("payerCountry", payment.payer)
        member("payeeCountry", payment.payee)
        member("merchantId", "merchant-\(payment.merchant + 1)")
        member("merchantName", stream.payments.merchants[payment.merchant])
        member("counterpartyName", payment.counterparty)
        endEvent()
    }

    private mutating func beginEvent(
        id: String,
        source: String,
        type: EventType,
        at moment: StreamMoment
    ) {
        json.removeAll()
        json.beginObject()
        member("specversion", "1.0")
        member("id", id)
        member("source", source)
        member("type", type.name)
        json.key("time")
        json.string(moment.timestamp)
        member("datacontenttype", "application/json")
        json.key("data")
        json.beginObject()
    }

    private mutating func member(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        json.key(name)
        json.string(value)
    }

    private mutating func endEvent() {
        json.endObject()
        json.endObject()
        bytes.append(contentsOf: json.bytes)
    }
}
