/// The kinds of identifier that are looked up apart from each other.
enum KeyKind: UInt8, CaseIterable, Sendable {
    /// Bundle ids and package names of every store; a package of one may be met in another.
    case appID
    /// Apple's numeric ids.
    case appleID
    /// Codes of payment service providers.
    case paymentMethod
    /// Company names.
    case entity
    /// Names and aliases.
    case name
    /// Names, and companies without their legal form, that are looked for within longer texts.
    case phrase

    /// Whether a text is compared as it is, ASCII case aside.
    var isExact: Bool { self == .appID || self == .appleID || self == .paymentMethod }

    /// The bytes that stand for an identifier in the index.
    func fold(_ text: String) -> [UInt8] {
        isExact ? text.utf8.map(ASCIIFolding.lowercased) : NameFolding.fold(text)
    }

    /// What a match of this kind is called.
    var method: MatchMethod {
        switch self {
        case .appID, .appleID: .appID
        case .paymentMethod: .paymentMethod
        case .entity: .entity
        case .name: .name
        case .phrase: .fuzzyName
        }
    }
}
