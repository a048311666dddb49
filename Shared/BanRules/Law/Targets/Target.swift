/// An app or a service that a directive names, with everything it can be recognised by.
///
/// Identifiers are compared without regard to ASCII case; names and entities after Unicode
/// normalisation (see ``NameFolding``).
public struct Target: Sendable, Hashable {
    /// A slug, unique in the directive.
    public let id: String
    /// What people call it.
    public let title: String
    /// Exact names and aliases, in every script.
    public let names: [String]
    /// Companies whose dealings count as dealings with the target.
    public let entities: [EntityReference]
    /// Apple bundle ids.
    public let appleBundleIDs: [String]
    /// Apple's numeric app ids, strings of digits.
    public let appleIDs: [String]
    /// Google Play package names.
    public let googlePackages: [String]
    /// Payment-method codes of payment service providers.
    public let paymentMethods: [String]

    init(id: String, title: String, identifiers: Identifiers) {
        self.id = id
        self.title = title
        names = identifiers.names
        entities = identifiers.entities
        appleBundleIDs = identifiers.appleBundleIDs
        appleIDs = identifiers.appleIDs
        googlePackages = identifiers.googlePackages
        paymentMethods = identifiers.paymentMethods
    }
}

extension Target {
    /// The lists of a target on their way in; all may be empty, but not all at once.
    struct Identifiers: Sendable, Hashable {
        var names: [String] = []
        var entities: [EntityReference] = []
        var appleBundleIDs: [String] = []
        var appleIDs: [String] = []
        var googlePackages: [String] = []
        var paymentMethods: [String] = []
    }
}
