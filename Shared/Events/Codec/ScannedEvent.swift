/// What a scan found in an event: codes and numbers by value, texts by place.
///
/// A trivial value without references. Its text ranges are of use only with the payload and the
/// scanner they come from, until that scanner's next scan. Members the event's type does not know
/// are absent here and pass through in `data`.
public struct ScannedEvent: Sendable, BitwiseCopyable {
    /// The kind of event.
    public var type = EventType.appDownload
    /// The CloudEvents `id`, never absent.
    public var id = TextRange.absent
    /// The CloudEvents `source`, never absent.
    public var source = TextRange.absent
    /// The CloudEvents `subject`.
    public var subject = TextRange.absent
    /// The CloudEvents extension `partitionkey`.
    public var partitionKey = TextRange.absent
    /// The event time.
    public var time = Timestamp(microseconds: 0)
    /// The end of the period a roll-up covers, after `time` by at most 24 hours.
    public var periodEnd: Timestamp?
    /// Where the JSON of `data` stands in the payload, braces included.
    public var data: Range<Int> { dataText.bounds }
    /// Where the event's object stands in the payload, without white space around it.
    public var whole: Range<Int> { wholeText.bounds }

    /// The app store, a slug such as `apple` or `google`.
    public var store = TextRange.absent
    /// The bundle id or package name.
    public var appID = TextRange.absent
    /// The numeric Apple id, as digits.
    public var storeAppID = TextRange.absent
    /// The app's name as the producer has it.
    public var appName = TextRange.absent
    /// The app's publisher as the producer has it.
    public var publisher = TextRange.absent
    /// What was bought.
    public var product = TextRange.absent
    /// The payment method as the producer codes it.
    public var paymentMethod = TextRange.absent
    /// The payment service provider's id, shared by the events of one payment.
    public var transactionID = TextRange.absent
    /// The vendor's own word for `status`.
    public var vendorStatus = TextRange.absent
    /// The amount, a decimal that `Money` reads.
    public var amount = TextRange.absent
    /// The merchant's id.
    public var merchantID = TextRange.absent
    /// The merchant's name.
    public var merchantName = TextRange.absent
    /// The name of the other side of a payment.
    public var counterpartyName = TextRange.absent
    /// The app id of the other side of a payment.
    public var counterpartyAppID = TextRange.absent

    /// The country of an app event.
    public var country: CountryCode?
    /// The payer's country.
    public var payerCountry: CountryCode?
    /// The payee's country.
    public var payeeCountry: CountryCode?
    /// The currency of `amount`.
    public var currency: CurrencyCode?
    /// How the user came by the app; `firstTime` when absent.
    public var acquisition = Acquisition.firstTime
    /// Where the payment stands: `captured` for a payment without one, nil for a purchase without.
    public var status: PaymentStatus?
    /// How many downloads, never 0; negative is a correction, 1 when absent.
    public var units: Int64 = 1

    // `Range` is not bitwise copyable, so the public ones are computed.
    var dataText = TextRange.absent
    var wholeText = TextRange.absent

    /// An event without anything, to scan into.
    package init() {}
}
