internal import CTextMarks

/// Marks of the bytes that end a run of plain text, found for a whole payload before it is read.
///
/// A reader that looks for the end of one text after the other waits for each before it knows
/// where the next one begins. The marks are found for all of them at once, 64 bytes at a time, so
/// that the way from text to text is a few instructions long.
///
/// Reusable, fixed in size; covers the first 4,096 bytes of a payload.
@safe
struct TextMarks: ~Copyable {
    /// One bit a byte, set where plain text ends; those from `limit` on are set, in its word.
    ///
    /// Memory of their own: an array in place would be copied whenever the scanner that holds it is
    /// lent.
    private let words: UnsafeMutablePointer<UInt64>
    /// How many bytes of the payload are covered.
    private(set) var limit = 0

    /// Whether the processor has vectors of 32 bytes.
    private let isWide = cordon_has_wide_vectors()

    private static let byteLimit = 4_096

    init() {
        unsafe words = .allocate(capacity: Self.byteLimit / 64 + 2)
        unsafe words.initialize(repeating: .max, count: Self.byteLimit / 64 + 2)
    }

    deinit {
        unsafe words.deallocate()
    }

    /// Marks another payload.
    @inline(__always)
    mutating func mark(_ payload: RawSpan) {
        let count = min(payload.byteCount, Self.byteLimit)
        guard count >= 64 else {
            // Too short to look at in blocks: nothing is covered.
            limit = 0
            unsafe words[0] = .max
            return
        }
        limit = count
        unsafe payload.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            if isWide {
                unsafe cordon_mark_text_widely(start, count, words)
            } else {
                unsafe cordon_mark_text(start, count, words)
            }
        }
    }

    /// The first marked byte from `start` on, which must be covered or be the limit itself; at most
    /// the limit.
    @inline(__always)
    func end(from start: Int) -> Int {
        assert(start >= 0 && start <= limit)
        // The marks of the next 57 bytes or more, in which most texts end: one load from the byte
        // on in which the first of them is. A shift over two words takes several times as long.
        let bits = unsafe UnsafeRawPointer(words).loadUnaligned(
            fromByteOffset: start &>> 3,
            as: UInt64.self
        )
        let marks = UInt64(littleEndian: bits) &>> UInt64(truncatingIfNeeded: start & 7)
        if marks != 0 { return start &+ marks.trailingZeroBitCount }
        return farEnd(from: start)
    }

    @inline(never)
    private func farEnd(from start: Int) -> Int {
        var block = start &>> 6
        var marks = unsafe words[block] &>> UInt64(truncatingIfNeeded: start & 63)
        if marks != 0 { return start &+ marks.trailingZeroBitCount }
        // The bit at the limit is set.
        repeat {
            block &+= 1
            marks = unsafe words[block]
        } while marks == 0
        return block &<< 6 &+ marks.trailingZeroBitCount
    }
}
