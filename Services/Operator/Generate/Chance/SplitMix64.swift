/// A seeded generator that gives the same numbers on every machine (SplitMix64: Steele, Lea and
/// Flood, 2014).
struct SplitMix64: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A generator of its own for one part of the stream, so that parts do not move each other.
    init(seed: UInt64, part: Part, _ first: Int = 0, _ second: Int = 0) {
        var state = Self.mixed(seed ^ part.rawValue)
        state = Self.mixed(state ^ UInt64(truncatingIfNeeded: first))
        self.state = Self.mixed(state ^ UInt64(truncatingIfNeeded: second))
    }

    /// The parts of the stream that draw independently.
    enum Part: UInt64 {
        case catalogue = 0x1000_0001
        case activity = 0x2000_0003
        case weights = 0x3000_0005
        case scatter = 0x4000_0007
        case purchases = 0x5000_0009
        case payments = 0x6000_000B
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.finished(state)
    }

    /// A number in 0 ..< bound; the bias is below bound / 2^64.
    mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0)
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Whether a chance of `part` in `whole` came up.
    mutating func chance(_ part: Int, in whole: Int) -> Bool {
        below(whole) < part
    }

    /// One element of a list that is not empty.
    mutating func pick<Element>(_ list: [Element]) -> Element {
        list[below(list.count)]
    }

    /// A hash of one word.
    static func mixed(_ word: UInt64) -> UInt64 {
        finished(word &+ 0x9E37_79B9_7F4A_7C15)
    }

    private static func finished(_ word: UInt64) -> UInt64 {
        var mixed = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
