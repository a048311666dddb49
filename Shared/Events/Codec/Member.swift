/// The members of an event that the contract knows: attributes first, then members of `data`.
enum Member: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    case specversion, type, id, source, time, subject, partitionkey
    case datacontenttype, dataschema, dataBase64, data
    case store, appId, storeAppId, appName, publisher, country
    case acquisition, units, periodEnd
    case transactionId, status, vendorStatus, paymentMethod, amount, currency, product
    case payerCountry, payeeCountry, merchantId, merchantName
    case counterpartyName, counterpartyAppId

    /// The name on the wire.
    var name: String {
        self == .dataBase64 ? "data_base64" : "\(self)"
    }

    /// Where the member stands in an event.
    var pointer: String {
        isAttribute ? "/" + name : "/data/" + name
    }

    /// No name is longer.
    static let nameByteLimit = 17

    /// Its bit in a set.
    var bit: UInt64 {
        @inline(__always) get { 1 &<< UInt64(rawValue) }
    }

    var isAttribute: Bool { rawValue <= Member.data.rawValue }
}

/// A set of members, one bit each.
struct MemberSet: BitwiseCopyable, Sendable {
    var bits: UInt64 = 0

    /// The bit of all members that are not known.
    static let unknown: UInt64 = 1 << 63

    init() {}

    init(_ members: [Member]) {
        bits = members.reduce(0) { $0 | $1.bit }
    }

    @inline(__always)
    func contains(_ member: Member) -> Bool {
        (bits &>> UInt64(member.rawValue)) & 1 == 1
    }
}
