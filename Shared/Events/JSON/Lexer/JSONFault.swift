/// What is wrong with the JSON and where: all the hot path says when it fails.
///
/// Pointer and words are found afterwards, by `rejection(in:)`, so that a valid event pays nothing
/// for them.
struct JSONFault: Error, BitwiseCopyable {
    var kind: Kind
    /// The byte at fault, which may be the end of the text.
    var offset: Int

    enum Kind: UInt8 {
        case empty, byteOrderMark, expectedValue, expectedName, expectedColon
        case expectedCommaOrBrace, expectedCommaOrBracket, trailingBytes
        case controlCharacter, openText, badEscape, loneSurrogate, badUTF8
        case badNumber, badWord, tooDeep
    }

    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension JSONFault {
    /// The rejection of the text the fault was found in.
    func rejection(in text: RawSpan) -> Rejection {
        Rejection(
            reason: reason,
            pointer: JSONTrail(of: text, to: offset).pointer,
            detail: kind == .empty ? "no JSON, only white space or nothing" : detail(in: text)
        )
    }

    private var reason: Rejection.Reason {
        switch kind {
        case .empty: .empty
        case .badUTF8: .invalidUTF8
        case .tooDeep: .tooDeep
        default: .invalidJSON
        }
    }

    private func detail(in text: RawSpan) -> String {
        let found = Excerpt.byte(text, at: offset)
        let place = "at byte \(offset)"
        return switch kind {
        case .empty: ""
        case .byteOrderMark: "a byte order mark \(place), expected JSON without one"
        case .expectedValue: "expected a value \(place), found \(found)"
        case .expectedName: "expected a member's name in quotes \(place), found \(found)"
        case .expectedColon: "expected ':' after the name \(place), found \(found)"
        case .expectedCommaOrBrace: "expected ',' or '}' \(place), found \(found)"
        case .expectedCommaOrBracket: "expected ',' or ']' \(place), found \(found)"
        case .trailingBytes: "expected nothing after the value \(place), found \(found)"
        case .controlCharacter: "an unescaped control character in a text \(place): \(found)"
        case .openText: "a text without a closing quote \(place)"
        case .badEscape: "an escape that JSON does not have \(place), found \(found)"
        case .loneSurrogate: "an escape of half a surrogate pair \(place)"
        case .badUTF8: "bytes that are not UTF-8 \(place): \(found)"
        case .badNumber: "a number that JSON does not have \(place), found \(found)"
        case .badWord: "expected true, false or null \(place), found \(found)"
        case .tooDeep: "nested deeper than \(EventLimits.depthLimit) levels \(place)"
        }
    }
}
