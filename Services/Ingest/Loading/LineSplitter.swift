import Events
import Foundation

/// A line of a stream that comes in blocks.
struct Line: Equatable {
    /// Counts from 1.
    var number: Int64
    /// Where it stands in the block, without its end.
    var place: Range<Int>
    /// How many bytes of the block it took, its end included.
    var consumed: Int
    /// Longer than any event may be; only its beginning is in `place`.
    var isTooLong: Bool
    /// Nothing but spaces and tabs.
    var isBlank: Bool
}

/// Finds lines in blocks of bytes, holding back what is not complete yet.
///
/// The caller puts what was not consumed in front of the next block. A line that is too long is
/// reported once, with its beginning, and its rest is passed over however long it is, so that no
/// block ever needs to hold it.
struct LineSplitter {
    /// Bytes of a line; one more than an event may have, for a carriage return.
    static let byteLimit = EventLimits.eventByteLimit + 1

    private var isSkipping = false
    private var number: Int64 = 0

    /// The next line of `block`, nil when there is no complete one.
    ///
    /// - Parameters:
    ///   - block: begins behind the last line.
    ///   - isLast: nothing follows this block, so that its last line needs no end.
    mutating func next(in block: RawSpan, isLast: Bool) -> Line? {
        guard block.byteCount > 0 else { return nil }
        let end = Self.newline(in: block)
        guard let end else { return unfinished(block, isLast: isLast) }
        if isSkipping {
            isSkipping = false
            return passed(end + 1)
        }
        return line(block, end: end, consumed: end + 1)
    }

    private mutating func unfinished(_ block: RawSpan, isLast: Bool) -> Line? {
        let count = block.byteCount
        if isSkipping { return passed(count) }
        if isLast { return line(block, end: count, consumed: count) }
        guard count > Self.byteLimit else { return nil }
        isSkipping = true
        number += 1
        return Line(
            number: number,
            place: 0..<Self.byteLimit,
            consumed: count,
            isTooLong: true,
            isBlank: false
        )
    }

    /// The rest, or a part of it, of a line that was reported already; says nothing new.
    private func passed(_ count: Int) -> Line {
        Line(number: number, place: 0..<0, consumed: count, isTooLong: false, isBlank: true)
    }

    private mutating func line(_ block: RawSpan, end: Int, consumed: Int) -> Line {
        var last = end
        if last > 0, Self.load(block, last - 1) == UInt8(ascii: "\r") { last -= 1 }
        let isBlank = (0..<last).allSatisfy { offset in
            let byte = Self.load(block, offset)
            return byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        }
        number += 1
        return Line(
            number: number,
            place: 0..<min(last, Self.byteLimit),
            consumed: consumed,
            isTooLong: last > Self.byteLimit,
            isBlank: isBlank
        )
    }

    private static func newline(in block: RawSpan) -> Int? {
        unsafe block.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress,
                let found = unsafe memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - start
        }
    }

    private static func load(_ block: RawSpan, _ offset: Int) -> UInt8 {
        unsafe block.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
