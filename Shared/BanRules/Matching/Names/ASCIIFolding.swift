/// Folding of bytes that needs no table and no allocation.
enum ASCIIFolding {
    /// `A`-`Z` in lower case, every other byte as it is.
    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    /// Whether a folded ASCII byte counts in a name: letters, digits and `+`.
    ///
    /// The plus sign stays because it makes another name: Alipay+ is not Alipay.
    @inline(__always)
    static func countsInName(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
            || byte == UInt8(ascii: "+")
    }
}

extension RawSpan {
    /// The byte at an offset within the span; a trap outside of it.
    @inline(__always)
    func octet(_ offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < byteCount, "offset outside of the text")
        return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    /// A copy of the bytes.
    func copied() -> [UInt8] {
        unsafe withUnsafeBytes { unsafe Array($0) }
    }
}
