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

    /// Whether a comma and a quote stand at an offset.
    @inline(__always)
    func startsMember(_ offset: Int) -> Bool {
        guard offset &+ 2 <= byteCount else { return false }
        let pair = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self)
        return UInt16(littleEndian: pair) == 0x222C
    }

    /// Sixteen bytes from an offset, which must all lie before the end.
    @inline(__always)
    func block(_ offset: Int) -> SIMD16<Int8> {
        assert(offset >= 0 && offset &+ 16 <= byteCount)
        return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<Int8>.self)
    }

    @usableFromInline
    @inline(never)
    func lastWord(_ offset: Int) -> UInt64 {
        guard offset < byteCount else { return 0 }
        if byteCount >= 8 {
            // The last eight bytes, moved down so that the one at the offset is lowest.
            let moved = offset &+ 8 &- byteCount
            return word(byteCount &- 8) &>> UInt64(truncatingIfNeeded: moved &* 8)
        }
        var word: UInt64 = 0
        for index in (offset..<byteCount).reversed() {
            word = word << 8 | UInt64(byte(index))
        }
        return word
    }
}
