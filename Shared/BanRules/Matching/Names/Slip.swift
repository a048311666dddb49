/// The one typing slip that makes one text of another.
struct Slip: Equatable {
    enum Kind {
        case substituted, inserted, deleted, transposed
    }

    let kind: Kind
    /// Where it happened, as an offset in the name that was meant.
    let place: Int

    /// Shorter names forgive only swapped, doubled and undoubled letters: with five or six letters
    /// a different one makes a different name.
    static let letterLimit = 7

    /// Nil unless exactly one letter was replaced, added or left out, or two neighbours swapped.
    init?(from name: [UInt8], to text: [UInt8]) {
        var start = 0
        while start < name.count, start < text.count, name[start] == text[start] { start += 1 }
        let (rest, other) = (name[start...], text[start...])
        switch text.count - name.count {
        case 0 where rest.isEmpty: return nil
        case 0 where rest.dropFirst().elementsEqual(other.dropFirst()): kind = .substituted
        case 0
        where rest.count >= 2 && rest[start] == other[start + 1]
            && rest[start + 1] == other[start]
            && rest.dropFirst(2).elementsEqual(other.dropFirst(2)):
            kind = .transposed
        case 1 where rest.elementsEqual(other.dropFirst()): kind = .inserted
        case -1 where rest.dropFirst().elementsEqual(other): kind = .deleted
        default: return nil
        }
        place = start
    }

    /// Whether letters were swapped, doubled or undoubled.
    func isCommon(in name: [UInt8], _ text: [UInt8]) -> Bool {
        switch kind {
        case .substituted: false
        case .transposed: true
        case .inserted: place > 0 && text[place] == text[place - 1]
        case .deleted: place > 0 && name[place] == name[place - 1]
        }
    }

    /// Whether nothing but letters is concerned: another number or a plus sign is no slip, it names
    /// something else.
    ///
    /// - Parameter text: the characters that stand where the bytes of the skeleton do.
    func isOfLetters(between name: [UInt8], _ text: [Unicode.Scalar]) -> Bool {
        func isLetter(_ place: Int) -> Bool {
            text.indices.contains(place) && text[place].properties.isAlphabetic
        }
        func wasLetter(_ place: Int) -> Bool { name[place] &- UInt8(ascii: "a") < 26 }
        return switch kind {
        case .inserted: isLetter(place)
        case .deleted: wasLetter(place)
        case .substituted: isLetter(place) && wasLetter(place)
        case .transposed: isLetter(place) && isLetter(place + 1)
        }
    }
}
