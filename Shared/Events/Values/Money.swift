/// An exact, unsigned amount of money, in billionths of the currency's unit.
public struct Money: Sendable, Hashable, Comparable {
    /// Billionths of the unit: 12.50 is 12 500 000 000.
    public var nanos: UInt128

    /// The amount of that many billionths.
    public init(nanos: UInt128) {
        self.nanos = nanos
    }

    /// Reads an unsigned decimal of at most 18 digits before and 9 after the point, nil for any
    /// other text: no sign, no exponent, no leading zeros but `0` itself, digits after a point.
    public init?(_ text: String) {
        unsafe self.init(text.utf8Span.span.bytes)
    }

    /// Reads the same form from UTF-8.
    public init?(_ text: RawSpan) {
        guard Self.isWellFormed(text, from: 0, to: text.byteCount) else { return nil }
        var total: UInt128 = 0
        var decimals: Int? = nil
        for index in 0..<text.byteCount {
            let byte = text.byte(index)
            guard byte != UInt8(ascii: ".") else {
                decimals = 0
                continue
            }
            total = total * 10 + UInt128(byte - UInt8(ascii: "0"))
            decimals = decimals.map { $0 + 1 }
        }
        for _ in (decimals ?? 0)..<9 {
            total *= 10
        }
        nanos = total
    }

    /// The sum, nil if it leaves 128 bits.
    public func adding(_ other: Money) -> Money? {
        let (sum, overflow) = nanos.addingReportingOverflow(other.nanos)
        return overflow ? nil : Money(nanos: sum)
    }

    /// Orders by amount; currencies are the caller's to keep apart.
    public static func < (left: Money, right: Money) -> Bool {
        left.nanos < right.nanos
    }

    /// Whether the bytes from `start` to `end` are an amount, without computing it.
    @inline(__always)
    static func isWellFormed(_ bytes: borrowing RawSpan, from start: Int, to end: Int) -> Bool {
        var index = start
        while index < end, bytes.byte(index) &- UInt8(ascii: "0") <= 9 {
            index &+= 1
        }
        let whole = index &- start
        guard whole >= 1, whole <= 18 else { return false }
        guard whole == 1 || bytes.byte(start) != UInt8(ascii: "0") else { return false }
        guard index < end else { return true }
        guard bytes.byte(index) == UInt8(ascii: ".") else { return false }
        index &+= 1
        let point = index
        while index < end, bytes.byte(index) &- UInt8(ascii: "0") <= 9 {
            index &+= 1
        }
        return index == end && index > point && index &- point <= 9
    }
}

extension Money: CustomStringConvertible {
    /// The shortest decimal that reads back as the same amount, such as `12.5`.
    public var description: String {
        let (whole, fraction) = nanos.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard fraction != 0 else { return "\(whole)" }
        var digits = Array("\(fraction + 1_000_000_000)".utf8.dropFirst())
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
        }
        return "\(whole)." + String(decoding: digits, as: UTF8.self)
    }
}
