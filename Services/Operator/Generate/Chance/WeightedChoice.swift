/// Draws from a list in proportion to whole weights.
struct WeightedChoice<Element: Sendable>: Sendable {
    private let elements: [Element]
    private let bounds: [Int]

    /// The weights must be positive.
    init(_ weighted: [(element: Element, weight: Int)]) {
        elements = weighted.map(\.element)
        var sum = 0
        bounds = weighted.map { pair in
            precondition(pair.weight > 0)
            sum += pair.weight
            return sum
        }
    }

    func draw(_ random: inout SplitMix64) -> Element {
        let ticket = random.below(bounds.last ?? 0)
        var low = 0
        var high = bounds.count - 1
        while low < high {
            let middle = (low + high) / 2
            if ticket < bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return elements[low]
    }
}
