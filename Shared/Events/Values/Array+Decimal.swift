extension [UInt8] {
    /// Appends a number with leading zeros, as many digits as asked, at most 20, or more.
    mutating func append(decimal number: UInt64, digits: Int) {
        var text = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var rest = number
        var place = 20
        repeat {
            place &-= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            text[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        let start = Swift.min(place, 20 - digits)
        let span = text.span
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0[start...]) }
    }
}
