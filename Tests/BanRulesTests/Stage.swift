import Events

@testable import BanRules

/// Screens events of tests with a rule set, through the real scanner and screener.
struct Stage {
    let index: RuleIndex

    init(_ ruleSet: RuleSet) {
        index = RuleIndex(ruleSet)
    }

    /// A stage with the directives of some YAML texts.
    init(_ texts: String...) throws {
        self.init(
            try RuleSet.of(texts.enumerated().map { ("\($0).yaml", Array($1.utf8)) })
        )
    }

    /// The verdicts on an event, whose members other than `type` and `time` are its data.
    func verdicts(on members: KeyValuePairs<String, String>) throws -> [Verdict] {
        var screener = Screener(index)
        return try verdicts(on: members, by: &screener)
    }

    /// The verdicts of one screener that keeps its state from event to event.
    func verdicts(on members: KeyValuePairs<String, String>, by screener: inout Screener) throws
        -> [Verdict]
    {
        let payload = DirectiveTest.eventJSON(
            members.map { .init(name: $0.key, value: $0.value) }
        )
        var scanner = EventScanner()
        var event = unsafe try scanner.scan(payload.span.bytes)
        var verdicts: [Verdict] = []
        unsafe screener.screen(
            &event,
            payload: payload.span.bytes,
            scanner: &scanner,
            into: &verdicts
        )
        return verdicts
    }
}

extension RuleSet {
    /// A set of named texts.
    static func of(_ files: [(name: String, bytes: [UInt8])]) throws(RuleProblems) -> RuleSet {
        try RuleSet(RuleFiles(files.map { .init(name: $0.name, bytes: $0.bytes) }))
    }
}

/// A directive to vary: one target, one prohibition, in force from 2021 on.
enum SampleDirective {
    static let text = """
        id: sample
        title: Sample Order
        citation: Sample Order 1, 1 SO 1
        authority:
          name: Sample Office
          zone: America/New_York
        jurisdiction:
          name: United States
          countries: [US, PR]
        targets:
          - id: chat
            title: Chat
            names: [Chat One]
            entities: [Chat Holdings Ltd.]
            appleBundleIds: [com.example.chat]
            appleIds: [100200300]
            googlePackages: [com.example.chat.android]
            paymentMethods: [chat_pay]
        prohibitions:
          - id: everything
            title: Every act
            citation: s. 1
            acts: [download, redownload, update, purchase, payment]
            targets: all
        lifecycle:
          - state: pending
            from: 2020-06-01
            citation: Sample Order 1
          - state: in-force
            from: 2021-01-01
            citation: Sample Order 1, s. 2

        """

    /// The sample with the first occurrence of a text replaced.
    static func replacing(_ old: String, with new: String) -> String {
        precondition(text.contains(old), "the sample lacks \(old)")
        return text.replacingFirst(old, with: new)
    }

    /// The sample with the lifecycle replaced by states and the dates they begin.
    static func lifecycle(_ intervals: KeyValuePairs<String, String>) -> String {
        let head = text.prefix(upTo: text.firstRange(of: "lifecycle:")?.lowerBound ?? text.endIndex)
        return head + "lifecycle:\n" + yaml(intervals, indent: "  ")
    }

    /// Intervals in YAML.
    static func yaml(_ intervals: KeyValuePairs<String, String>, indent: String) -> String {
        intervals.map { state, from in
            "\(indent)- {state: \(state), from: \"\(from)\", citation: \(state) text}\n"
        }.joined()
    }
}

extension String {
    /// The text with the first occurrence of another one replaced.
    func replacingFirst(_ old: String, with new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
