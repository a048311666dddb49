import Testing

@testable import Operator

struct LargestRemainderTests {
    @Test(arguments: [1, 2, 3, 20_210_105] as [UInt64])
    func `the parts sum to the total and each is within a unit of its share`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let weights = (0...random.below(50)).map { _ in 1 + random.below(2_000_000) }
            let total = random.below(5_000_000)
            let sum = weights.reduce(0, +)
            let parts = LargestRemainder.split(total, by: weights)
            #expect(parts.reduce(0, +) == total, "seed \(seed)")
            let isFair = zip(parts, weights).allSatisfy { abs($0 * sum - total * $1) < sum }
            #expect(isFair, "seed \(seed)")
        }
    }

    @Test(arguments: [
        (10, [1, 1, 1], [4, 3, 3]),
        (2, [1, 1, 1], [1, 1, 0]),
        (7, [3, 2, 2], [3, 2, 2]),
        (100, [600, 399, 1], [60, 40, 0]),
        (5, [0, 1, 0], [0, 5, 0]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
    ])
    func `what is left over goes to the largest remainders, the earlier first`(
        total: Int,
        weights: [Int],
        parts: [Int]
    ) {
        #expect(LargestRemainder.split(total, by: weights) == parts)
    }
}
