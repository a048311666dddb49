/// A currency as ISO 4217 has it.
///
/// Events are dated, so codes withdrawn since 2020 are read as well; the test code `XTS` and `XXX`
/// for no currency are not.
public struct CurrencyCode: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// The three upper-case letters, the first in the highest of the three low bytes.
    public let rawValue: UInt32

    /// The currency of a three-letter upper-case code, nil if there is none.
    public init?(_ text: String) {
        unsafe self.init(text.utf8Span.span.bytes)
    }

    /// The currency of three upper-case letters, nil if there is none.
    public init?(_ text: RawSpan) {
        guard text.byteCount == 3 else { return nil }
        self.init(text.byte(0), text.byte(1), text.byte(2), among: .currencies)
    }

    /// Orders as the letters do.
    public static func < (left: CurrencyCode, right: CurrencyCode) -> Bool {
        left.rawValue < right.rawValue
    }

    @inline(__always)
    init?(
        _ first: UInt8,
        _ second: UInt8,
        _ third: UInt8,
        among assigned: LetterCodes
    ) {
        guard assigned.contains(first, second, third) else { return nil }
        rawValue = UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
    }
}

extension CurrencyCode: CustomStringConvertible {
    /// The three letters.
    public var description: String {
        let letters = [16, 8, 0].map { UInt8(truncatingIfNeeded: rawValue >> $0) }
        return String(decoding: letters, as: UTF8.self)
    }
}
