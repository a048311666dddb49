/// Where a text of an event stands.
///
/// A trivial value, of use only with the payload it was scanned from and the scanner that did it,
/// until that scanner's next scan.
public struct TextRange: Sendable, Hashable, BitwiseCopyable {
    @usableFromInline let start: UInt32
    /// The text's length in bytes, and in the highest bit whether it stands in the scratch arena.
    @usableFromInline let extent: UInt32

    /// The text of a member that is not there.
    public static let absent = TextRange(start: .max, extent: 0)

    /// Whether the event has no such member, or null for it.
    @inlinable public var isAbsent: Bool { start == .max }

    /// The length of the decoded text in bytes of UTF-8; 0 for an absent one.
    @inlinable public var byteCount: Int { Int(extent & ~Self.arenaBit) }

    @usableFromInline static let arenaBit: UInt32 = 1 << 31

    @inline(__always)
    init(start: UInt32, extent: UInt32) {
        self.start = start
        self.extent = extent
    }

    init(_ bounds: Range<Int>) {
        start = UInt32(truncatingIfNeeded: bounds.lowerBound)
        extent = UInt32(truncatingIfNeeded: bounds.count)
    }

    init(inArena bounds: Range<Int>) {
        start = UInt32(truncatingIfNeeded: bounds.lowerBound)
        extent = UInt32(truncatingIfNeeded: bounds.count) | Self.arenaBit
    }

    @inlinable var isInArena: Bool { extent & Self.arenaBit != 0 }

    @inlinable var bounds: Range<Int> {
        isAbsent ? 0..<0 : Int(start)..<Int(start) &+ byteCount
    }
}
