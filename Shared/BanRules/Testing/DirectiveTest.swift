public import Events

/// An event with the verdicts that a directive is expected to give on it.
public struct DirectiveTest: Sendable, Hashable {
    /// What the test shows, a sentence; unique in the directive.
    public let name: String
    /// Members that take each of several values in turn, in every combination.
    public let each: [Variation]
    /// The members of the event as written, in the order of the file.
    public let event: [EventMember]
    /// The verdicts, in the order that screening gives them; empty means that nothing is flagged.
    public let expected: [Expectation]
    /// The line of the test in its file, from 1; not part of the digest.
    public let line: Int

    /// A test makes no more events than this.
    static let caseLimit = 10_000

    /// A member with the values that it takes in turn.
    public struct Variation: Sendable, Hashable {
        /// The member's name.
        public let name: String
        /// Its values, at least one.
        public let values: [String]
    }

    /// One member of a test's event: `type` and `time` of the event, all others of its data.
    public struct EventMember: Sendable, Hashable {
        /// The member's name.
        public let name: String
        /// The member's text; that of `units` is written as a number.
        public let value: String
    }

    /// What one verdict has to say; a nil other than `reason` is not compared.
    public struct Expectation: Sendable, Hashable {
        /// The prohibition's id.
        public let prohibition: String
        /// The target's id.
        public let target: String
        /// What the flag asks for.
        public let disposition: Disposition
        /// Why it is a review although the state alone does not say so; nil means no such reason.
        public let reason: ReviewReason?
        /// The state of the law.
        public let state: LegalState?
        /// When the interval of the state begins.
        public let since: Timestamp?
        /// The strongest match.
        public let method: MatchMethod?
    }
}
