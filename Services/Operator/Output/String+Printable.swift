extension String {
    /// The text with everything that could steer a terminal replaced by `·`.
    ///
    /// Names and ids come from whoever wrote the event: an escape sequence in one of them must not
    /// move the cursor of the person who reads the report, nor turn the direction of the line.
    var printable: String {
        guard unicodeScalars.contains(where: \.steersTerminal) else { return self }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: unicodeScalars.map { $0.steersTerminal ? "·" : $0 })
        return String(text)
    }
}

extension Unicode.Scalar {
    fileprivate var steersTerminal: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        // Direction marks and the like; without them every script still reads correctly.
        case .format: true
        default: false
        }
    }
}
