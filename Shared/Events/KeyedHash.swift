/// 128 bits of a keyed hash.
public struct Hash128: Sendable, Hashable, BitwiseCopyable {
    /// The last eight bytes of the hash, read as little-endian.
    public var high: UInt64
    /// The first eight bytes of the hash, read as little-endian.
    public var low: UInt64

    /// A hash of two halves.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

/// SipHash-2-4 with 128 bits of output, for pairs of texts.
///
/// Keyed, so that nobody outside can make two pairs collide; the reference is Aumasson and
/// Bernstein, "SipHash: a fast short-input PRF". Safe from any thread.
public struct KeyedHash: Sendable {
    private let key: (UInt64, UInt64)

    /// A hash under a key of two halves, the first one holding the key's first eight bytes.
    public init(key: (UInt64, UInt64)) {
        self.key = key
    }

    /// The hash of a pair; moving bytes from one text to the other changes it.
    public func hash(_ first: RawSpan, _ second: RawSpan) -> Hash128 {
        var state = SipState(key: key)
        state.absorb(UInt64(truncatingIfNeeded: first.byteCount))
        var carry = SipCarry()
        carry.absorb(first, into: &state)
        carry.absorb(second, into: &state)
        return state.finish(
            tail: carry.bits,
            count: 8 &+ first.byteCount &+ second.byteCount
        )
    }

    /// The plain hash of one text, as published test vectors have it.
    func hash(_ text: RawSpan) -> Hash128 {
        var state = SipState(key: key)
        var carry = SipCarry()
        carry.absorb(text, into: &state)
        return state.finish(tail: carry.bits, count: text.byteCount)
    }
}

extension Hash128 {
    /// The 16 bytes in SipHash's order, low half first, each half little-endian.
    public var bytes: [UInt8] {
        (0..<16).map { index in
            UInt8(truncatingIfNeeded: (index < 8 ? low : high) >> UInt64(index % 8 * 8))
        }
    }

    /// The hash of those 16 bytes, nil unless there are 16 from `offset` on.
    public init?(bytes: RawSpan, at offset: Int = 0) {
        guard offset >= 0, offset + 16 <= bytes.byteCount else { return nil }
        self.init(low: bytes.word(offset), high: bytes.word(offset + 8))
    }
}

/// Bytes that do not fill a word yet.
private struct SipCarry {
    var bits: UInt64 = 0
    /// How many bits are waiting: 0 to 56, whole bytes.
    var width: UInt64 = 0

    @inline(__always)
    mutating func absorb(_ text: borrowing RawSpan, into state: inout SipState) {
        var index = 0
        while index &+ 8 <= text.byteCount {
            let word = text.wholeWord(index)
            state.absorb(bits | word &<< width)
            bits = (word &>> 1) &>> (63 &- width)
            index &+= 8
        }
        let rest = UInt64(truncatingIfNeeded: text.byteCount &- index) &* 8
        guard rest > 0 else { return }
        let word = text.tail(from: index)
        let joined = bits | word &<< width
        if width &+ rest >= 64 {
            state.absorb(joined)
            bits = (word &>> 1) &>> (63 &- width)
            width = width &+ rest &- 64
        } else {
            bits = joined
            width = width &+ rest
        }
    }
}

/// The four words of SipHash.
private struct SipState {
    private var v0, v1, v2, v3: UInt64

    @inline(__always)
    init(key: (UInt64, UInt64)) {
        v0 = key.0 ^ 0x736f_6d65_7073_6575
        v1 = key.1 ^ 0x646f_7261_6e64_6f6d ^ 0xEE
        v2 = key.0 ^ 0x6c79_6765_6e65_7261
        v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    @inline(__always)
    mutating func absorb(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    @inline(__always)
    mutating func finish(tail: UInt64, count: Int) -> Hash128 {
        absorb(tail | UInt64(truncatingIfNeeded: count) &<< 56)
        v2 ^= 0xEE
        let low = squeeze()
        v1 ^= 0xDD
        return Hash128(low: low, high: squeeze())
    }

    @inline(__always)
    private mutating func squeeze() -> UInt64 {
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    @inline(__always)
    private mutating func round() {
        v0 = v0 &+ v1
        v1 = Self.rotate(v1, 13) ^ v0
        v0 = Self.rotate(v0, 32)
        v2 = v2 &+ v3
        v3 = Self.rotate(v3, 16) ^ v2
        v0 = v0 &+ v3
        v3 = Self.rotate(v3, 21) ^ v0
        v2 = v2 &+ v1
        v1 = Self.rotate(v1, 17) ^ v2
        v2 = Self.rotate(v2, 32)
    }

    @inline(__always)
    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
        word &<< bits | word &>> (64 &- bits)
    }
}
