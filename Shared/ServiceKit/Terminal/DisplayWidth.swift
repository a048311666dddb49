/// How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none
/// for marks that combine.
public func displayWidth(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + columnCount(of: $1) }
}

/// A grapheme is as wide as its widest scalar.
private func columnCount(of character: Character) -> Int {
    character.unicodeScalars.map(columnCount).max() ?? 0
}

private func columnCount(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return isWide(scalar.value) ? 2 : 1
    }
}

/// The blocks that are wide or full-width (W and F of Unicode's East Asian Width), coarsely.
private func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
        0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
        true
    default:
        false
    }
}
