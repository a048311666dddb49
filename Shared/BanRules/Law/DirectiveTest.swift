/// An event with the verdicts that a directive is expected to give on it.
public struct DirectiveTest: Sendable, Hashable {
    /// What the test shows, a sentence; unique in the directive.
    public let name: String
    /// The members of the event as written, in the order of the file.
    public let event: [EventMember]
    /// The verdicts, in the order that screening gives them; empty means that nothing is flagged.
    public let expected: [Expectation]
    /// The line of the test in its file, from 1; not part of the digest.
    public let line: Int

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
        /// The strongest match.
        public let method: MatchMethod?
    }
}
