/// Gives equal values the same small number, so that a million rows need not repeat them.
struct Interner<Value: Hashable> {
    /// The values by their numbers.
    private(set) var values: [Value] = []
    private var numbers: [Value: UInt32] = [:]

    /// The number of a value, a new one at first sight.
    mutating func number(of value: Value) -> UInt32 {
        if let number = numbers[value] { return number }
        let number = UInt32(values.count)
        values.append(value)
        numbers[value] = number
        return number
    }

    /// The value of a number that this interner gave out.
    subscript(_ number: UInt32) -> Value { values[Int(number)] }
}

extension Interner: Sendable where Value: Sendable {}
