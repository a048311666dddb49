/// A hash of bytes, eight at a time, for tables that verify what they find byte by byte.
///
/// Speed is all that counts: it is not keyed, so nothing may rest on nobody finding collisions.
package enum WordHash {
    /// The hash of a text; another seed gives another hash.
    @inlinable
    @inline(__always)
    package static func hash(_ text: borrowing RawSpan, seed: UInt64) -> UInt64 {
        hash(text, seed: seed) { $0 }
    }

    /// The hash of a text in ASCII lower case.
    @inlinable
    @inline(__always)
    package static func caselessHash(_ text: borrowing RawSpan, seed: UInt64) -> UInt64 {
        hash(text, seed: seed) { Word.lowercased($0) }
    }

    @inlinable
    @inline(__always)
    static func hash(
        _ text: borrowing RawSpan,
        seed: UInt64,
        _ fold: (UInt64) -> UInt64
    ) -> UInt64 {
        let count = text.byteCount
        var hash = seed ^ UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset &+ 8 < count {
            hash = mixed(hash ^ fold(text.word(offset)))
            offset &+= 8
        }
        // The last word overlaps the one before rather than end in single bytes.
        let last = count >= 8 ? text.word(count &- 8) : text.shortWord
        return mixed(mixed(hash ^ fold(last)))
    }

    @inlinable
    @inline(__always)
    static func mixed(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}

extension RawSpan {
    /// All of a text of less than eight bytes in one word; which bytes stand where is nobody's
    /// business.
    @inlinable
    @inline(__always)
    var shortWord: UInt64 {
        if byteCount >= 4 {
            let low = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt32.self)
            let high = unsafe unsafeLoadUnaligned(
                fromUncheckedByteOffset: byteCount &- 4,
                as: UInt32.self
            )
            return UInt64(low) | UInt64(high) &<< 32
        }
        guard byteCount > 0 else { return 0 }
        return UInt64(byte(0)) | UInt64(byte(byteCount &>> 1)) &<< 8
            | UInt64(byte(byteCount &- 1)) &<< 16
    }

    /// Whether two texts have the same bytes.
    @inlinable
    @inline(__always)
    package func hasBytes(of other: borrowing RawSpan) -> Bool {
        let count = byteCount
        guard count == other.byteCount else { return false }
        guard count >= 8 else {
            // Fewer than four bytes leave room for all of them, more overlap: nothing is missed.
            return shortWord == other.shortWord
        }
        var offset = 0
        while offset &+ 8 < count {
            guard word(offset) == other.word(offset) else { return false }
            offset &+= 8
        }
        return word(count &- 8) == other.word(count &- 8)
    }
}
