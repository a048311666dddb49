extension [UInt8] {
    /// Appends a number with leading zeros, as many digits as asked, at most 20, or more.
    mutating func append(decimal number: UInt64, digits: Int) {
        Decimal.withDigits(of: number, atLeast: digits) { text in
            unsafe text.withUnsafeBytes { unsafe append(contentsOf: $0) }
        }
    }
}

/// Digits of numbers, without a string in between.
enum Decimal {
    /// Lends a number's digits, with leading zeros up to as many as asked, at most 20.
    @inline(__always)
    static func withDigits(
        of number: UInt64,
        atLeast digits: Int = 1,
        _ body: (RawSpan) -> Void
    ) {
        var text = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var rest = number
        var place = 20
        repeat {
            place &-= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            text[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        let start = min(place, 20 - digits)
        unsafe body(text.span.bytes.extracting(start..<20))
    }
}
