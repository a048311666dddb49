/// Arithmetic on eight bytes at once.
@usableFromInline
enum Word {
    @inlinable static var ones: UInt64 {
        @inline(__always) get { 0x0101_0101_0101_0101 }
    }
    @inlinable static var high: UInt64 {
        @inline(__always) get { 0x8080_8080_8080_8080 }
    }

    /// `A`-`Z` in lower case, every other byte as it is.
    @inlinable
    @inline(__always)
    static func lowercased(_ word: UInt64) -> UInt64 {
        // In seven bits, so that nothing carries into the next byte.
        let low = word & ~high
        let fromA = low &+ (0x80 &- 0x41) &* ones
        let pastZ = low &+ (0x80 &- 0x5B) &* ones
        return word | ((fromA & ~pastZ & ~word & high) &>> 2)
    }

    /// Whether each byte is one of `a`-`z`, `0`-`9` and `-`.
    @inline(__always)
    static func isSlug(_ word: UInt64) -> Bool {
        // All sums stay within their bytes as long as none is beyond ASCII, which is asked last.
        let low = word & ~high
        let letter = (low &+ (0x80 &- 0x61) &* ones) & ~(low &+ (0x80 &- 0x7B) &* ones)
        let digit = (low &+ (0x80 &- 0x30) &* ones) & ~(low &+ (0x80 &- 0x3A) &* ones)
        let dash = (low &+ (0x80 &- 0x2D) &* ones) & ~(low &+ (0x80 &- 0x2E) &* ones)
        return (letter | digit | dash) & ~word & high == high
    }

    /// The high bit of the first byte that equals `byte`; bits above it mean nothing.
    @inline(__always)
    static func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* ones)
        return (difference &- ones) & ~difference & high
    }
}

extension RawSpan {
    /// The byte at an offset, 0 at and beyond the end.
    ///
    /// No JSON token begins with NUL and none may hold it, so that the end stops every loop by
    /// itself and bounds need no check of their own.
    @inlinable
    @inline(__always)
    func byte(_ offset: Int) -> UInt8 {
        assert(offset >= 0)
        guard offset < byteCount else { return 0 }
        return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    /// Eight bytes from an offset, the first one lowest; zeros stand for bytes beyond the end.
    @inlinable
    @inline(__always)
    func word(_ offset: Int) -> UInt64 {
        assert(offset >= 0)
        guard offset &+ 8 <= byteCount else { return lastWord(offset) }
        return wholeWord(offset)
    }

    /// Eight bytes from an offset, which must all lie before the end; the first one lowest.
    @inlinable
    @inline(__always)
    func wholeWord(_ offset: Int) -> UInt64 {
        assert(offset >= 0 && offset &+ 8 <= byteCount)
        return UInt64(
            littleEndian: unsafe unsafeLoadUnaligned(
                fromUncheckedByteOffset: offset,
                as: UInt64.self
            )
        )
    }

    /// Whether a quote, a comma and another quote stand at an offset, and a byte behind them.
    @inline(__always)
    func endsBeforeMember(_ offset: Int) -> Bool {
        guard offset &+ 4 <= byteCount else { return false }
        let four = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
        return UInt32(littleEndian: four) &<< 8 == 0x222C_2200
    }

    /// Whether `"data":{` stands at an offset.
    @inline(__always)
    func startsData(_ offset: Int) -> Bool {
        offset &+ 8 <= byteCount && wholeWord(offset) == 0x7B3A_2261_7461_6422
    }

    /// Sixteen bytes from an offset, which must all lie before the end.
    @inline(__always)
    func block(_ offset: Int) -> SIMD16<Int8> {
        assert(offset >= 0 && offset &+ 16 <= byteCount)
        return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<Int8>.self)
    }

    /// The bytes from an offset to the end, of which there are one to seven; the first one lowest,
    /// zeros above the last.
    @inline(__always)
    func tail(from offset: Int) -> UInt64 {
        let count = byteCount &- offset
        assert(count >= 1 && count < 8)
        if byteCount >= 8 {
            return wholeWord(byteCount &- 8) &>> UInt64(truncatingIfNeeded: 64 &- count &* 8)
        }
        // Two pieces that may overlap, and have the same bits where they do.
        if count >= 4 {
            let low = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
            let high = unsafe unsafeLoadUnaligned(
                fromUncheckedByteOffset: byteCount &- 4,
                as: UInt32.self
            )
            let shift = UInt64(truncatingIfNeeded: count &* 8 &- 32)
            return UInt64(UInt32(littleEndian: low)) | UInt64(UInt32(littleEndian: high)) &<< shift
        }
        let (middle, last) = (count &>> 1, count &- 1)
        return UInt64(byte(offset))
            | UInt64(byte(offset &+ middle)) &<< UInt64(truncatingIfNeeded: middle &* 8)
            | UInt64(byte(offset &+ last)) &<< UInt64(truncatingIfNeeded: last &* 8)
    }

    @usableFromInline
    @inline(never)
    func lastWord(_ offset: Int) -> UInt64 {
        offset < byteCount ? tail(from: offset) : 0
    }
}
