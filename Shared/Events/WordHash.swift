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
            hash = mixed(hash ^ fold(text.wholeWord(offset)))
            offset &+= 8
        }
        // The last word overlaps the one before rather than end in single bytes.
        let last = count >= 8 ? text.wholeWord(count &- 8) : text.shortWord
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
    var shortWord: UInt64 { shortWord(at: 0, count: byteCount) }

    /// The same of less than eight bytes from an offset on, which must be there.
    @inlinable
    @inline(__always)
    func shortWord(at offset: Int, count: Int) -> UInt64 {
        assert(offset >= 0 && count >= 0 && count < 8 && offset &+ count <= byteCount)
        if count >= 4 {
            let low = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
            let high = unsafe unsafeLoadUnaligned(
                fromUncheckedByteOffset: offset &+ count &- 4,
                as: UInt32.self
            )
            return UInt64(low) | UInt64(high) &<< 32
        }
        guard count > 0 else { return 0 }
        return UInt64(byte(offset)) | UInt64(byte(offset &+ count &>> 1)) &<< 8
            | UInt64(byte(offset &+ count &- 1)) &<< 16
    }

    /// Whether the bytes of a text stand at an offset of another one, which must have as many
    /// there.
    @inlinable
    @inline(__always)
    package func stands(at offset: Int, of other: borrowing RawSpan) -> Bool {
        let count = byteCount
        precondition(offset >= 0 && count <= other.byteCount &- offset, "nothing stands there")
        guard count >= 8 else {
            // Fewer than eight bytes are few pieces, which may overlap: nothing is missed.
            return shortWord == other.shortWord(at: offset, count: count)
        }
        var index = 0
        while index &+ 8 < count {
            guard wholeWord(index) == other.wholeWord(offset &+ index) else { return false }
            index &+= 8
        }
        return wholeWord(count &- 8) == other.wholeWord(offset &+ count &- 8)
    }
}
