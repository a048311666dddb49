/// Shares out a whole number by weights so that the parts sum to it exactly.
enum LargestRemainder {
    /// The parts of `total` in proportion to `weights`, each within one unit of its fair share.
    ///
    /// What rounding down leaves over goes to the largest remainders, the earlier of equal ones
    /// first. Unless `total` is 0 the weights must have a sum above 0 and below 2^40, and there
    /// must be fewer than 2^22 of them, so that a remainder and its place fit one word.
    static func split(_ total: Int, by weights: [Int]) -> [Int] {
        guard total != 0 else { return Array(repeating: 0, count: weights.count) }
        let sum = weights.reduce(0, +)
        precondition(total > 0 && sum > 0 && sum < 1 << 40 && weights.count < 1 << 22)
        var parts: [Int] = []
        parts.reserveCapacity(weights.count)
        var remainders: [UInt64] = []
        remainders.reserveCapacity(weights.count)
        var left = total
        for (place, weight) in weights.enumerated() {
            let (part, remainder) = (total * weight).quotientAndRemainder(dividingBy: sum)
            parts.append(part)
            left -= part
            // Sorting upwards must give the largest remainder first, then the earliest place.
            remainders.append(UInt64(sum - remainder) << 22 | UInt64(place))
        }
        guard left > 0 else { return parts }
        remainders.sort()
        for word in remainders.prefix(left) {
            parts[Int(word & 0x3F_FFFF)] += 1
        }
        return parts
    }
}
