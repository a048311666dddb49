/// Every closed set of words the contract has, ready to be searched.
///
/// A scanner holds its own copy of the references: reaching for a global costs a check of whether
/// it has been made, and an event asks some twenty times.
struct Vocabulary: Sendable {
    let attributes = NameTable(Member.allCases.filter(\.isAttribute), name: \.name)
    let data = NameTable(Member.allCases.filter { !$0.isAttribute }, name: \.name)
    let types = NameTable(EventType.allCases, name: \.name)
    let acquisitions = NameTable(Acquisition.allCases, name: \.word)
    let statuses = NameTable(PaymentStatus.allCases, name: \.word)
    let countries = LetterCodes.countries
    let currencies = LetterCodes.currencies

    let downloadMembers = MemberSet(app + [.acquisition, .units, .periodEnd])
    let purchaseMembers = MemberSet(
        app + [.transactionId, .status, .amount, .currency, .product, .paymentMethod]
    )
    let paymentMembers = MemberSet([
        .transactionId, .status, .vendorStatus, .paymentMethod, .amount, .currency,
        .payerCountry, .payeeCountry, .merchantId, .merchantName, .counterpartyName,
        .counterpartyAppId,
    ])
    let attributeMembers = MemberSet(Member.allCases.filter(\.isAttribute))

    static let shared = Vocabulary()

    private static let app: [Member] = [
        .store, .appId, .storeAppId, .appName, .publisher, .country,
    ]
}
