/// A country as ISO 3166-1 alpha-2 has it, `XK` for Kosovo, or `ZZ` for unknown.
public struct CountryCode: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// The two upper-case letters, the first in the high byte.
    public let rawValue: UInt16

    /// The country of a two-letter upper-case code, nil if the code is not assigned.
    public init?(_ text: String) {
        unsafe self.init(text.utf8Span.span.bytes)
    }

    /// The country of two upper-case letters, nil if the code is not assigned.
    public init?(_ text: RawSpan) {
        guard text.byteCount == 2 else { return nil }
        self.init(text.byte(0), text.byte(1), among: .countries)
    }

    /// `ZZ`: the producer does not know the country.
    public static let unknown = CountryCode(assigned: 0x5A5A)

    /// Whether this is `ZZ`.
    public var isUnknown: Bool { self == Self.unknown }

    /// Orders as the letters do.
    public static func < (left: CountryCode, right: CountryCode) -> Bool {
        left.rawValue < right.rawValue
    }

    @inline(__always)
    init?(_ first: UInt8, _ second: UInt8, among assigned: LetterCodes) {
        guard assigned.contains(first, second) else { return nil }
        rawValue = UInt16(first) << 8 | UInt16(second)
    }

    private init(assigned rawValue: UInt16) {
        self.rawValue = rawValue
    }
}

extension CountryCode: CustomStringConvertible {
    /// The two letters.
    public var description: String {
        String(decoding: [UInt8(rawValue >> 8), UInt8(rawValue & 0xFF)], as: UTF8.self)
    }
}
