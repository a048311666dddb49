/// In what a text differs from the name it resembles; each costs a share of the score.
struct Deviations: OptionSet, Hashable {
    let rawValue: UInt8

    /// Spaces stand elsewhere: “Ali Pay”.
    static let spacing = Deviations(rawValue: 1)
    /// Letters are replaced by others that look alike: “A1ipay”.
    static let lookalikes = Deviations(rawValue: 2)
    /// One letter too many, too few, wrong, or two swapped: “CamScaner”.
    static let slip = Deviations(rawValue: 4)
    /// A company's legal form is another one, or missing.
    static let legalForm = Deviations(rawValue: 8)
    /// The name stands within a longer text: “ALIPAY*TAOBAO”.
    static let embedded = Deviations(rawValue: 16)

    /// Each deviation, the share of the score that it leaves, and its words for explanations.
    static let pieces: [(deviation: Deviations, factor: Double, phrase: String)] = [
        (.embedded, 0.94, "within a longer text"), (.legalForm, 0.97, "another legal form"),
        (.spacing, 0.97, "spaces elsewhere"), (.lookalikes, 0.95, "look-alike letters"),
        (.slip, 0.90, "one letter off"),
    ]
    /// The score of a resemblance before anything is taken off.
    static let base = 0.85

    /// The score: the base times the factor of each deviation, to three digits.
    var score: Double {
        let product = Self.pieces.reduce(Self.base) { score, piece in
            contains(piece.deviation) ? score * piece.factor : score
        }
        return (product * 1_000).rounded() / 1_000
    }

    /// The deviations in words, most telling first.
    var phrases: [String] {
        Self.pieces.filter { contains($0.deviation) }.map(\.phrase)
    }
}
