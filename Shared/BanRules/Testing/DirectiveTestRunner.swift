internal import Events

/// Runs tests of directives through the scanner and the screener that also serve the stream.
struct DirectiveTestRunner: ~Copyable {
    private var screener: Screener
    private var scanner = EventScanner()
    private var verdicts: [Verdict] = []

    init(_ index: RuleIndex) {
        screener = Screener(index)
    }

    /// Runs a test of a directive.
    ///
    /// - Returns: what came instead of what was expected, nil if the test passes. A test that
    ///   stands for several events stops at the first one that fails and names what was special
    ///   about it.
    mutating func run(_ test: DirectiveTest, of directive: String) -> String? {
        for variant in test.cases {
            guard let message = run(variant.members, expecting: test.expected, of: directive)
            else { continue }
            return variant.words.isEmpty ? message : "with \(variant.words): \(message)"
        }
        return nil
    }

    private mutating func run(
        _ members: [DirectiveTest.EventMember],
        expecting expected: [DirectiveTest.Expectation],
        of directive: String
    ) -> String? {
        let payload = DirectiveTest.eventJSON(members)
        var event: ScannedEvent
        do {
            event = unsafe try scanner.scan(payload.span.bytes)
        } catch {
            return "the event is not valid: \(error)"
        }
        verdicts.removeAll(keepingCapacity: true)
        unsafe screener.screen(
            &event,
            payload: payload.span.bytes,
            scanner: &scanner,
            into: &verdicts
        )
        let own = verdicts.filter { $0.directive.id == directive }
        let matches =
            own.count == expected.count && zip(expected, own).allSatisfy { $0.accepts($1) }
        guard !matches else { return nil }
        return "expected \(Self.listing(expected.map(\.words))),"
            + " got \(Self.listing(own.map(\.words)))"
    }

    private static func listing(_ entries: [String]) -> String {
        entries.isEmpty ? "no verdict" : entries.joined(separator: "; ")
    }
}

extension DirectiveTest {
    /// An event that the test stands for.
    struct Case {
        var members: [EventMember]
        /// The values that `each` gave it: `country=PR`.
        var words: String
    }

    /// How many events the test stands for.
    public var eventCount: Int { each.reduce(1) { $0 * $1.values.count } }

    /// Every event that the test stands for.
    var cases: [Case] {
        each.reduce([Case(members: event, words: "")]) { cases, variation in
            cases.flatMap { known in
                variation.values.map { value in
                    let word = "\(variation.name)=\(value)"
                    return Case(
                        members: known.members + [EventMember(name: variation.name, value: value)],
                        words: known.words.isEmpty ? word : "\(known.words), \(word)"
                    )
                }
            }
        }
    }

    /// The event in CloudEvents structured mode, with stand-ins for members that are required but
    /// that the test does not care about.
    static func eventJSON(_ event: [EventMember]) -> [UInt8] {
        func given(_ name: String) -> String? { event.first { $0.name == name }?.value }
        let type = given("type") ?? ""
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [
            ("specversion", "1.0"), ("id", "test"), ("source", "urn:cordon:rule-test"),
            ("type", type), ("time", given("time") ?? ""),
        ] {
            writer.key(name)
            writer.string(value)
        }
        writer.key("data")
        writer.beginObject()
        for (name, value) in Self.standIns(type) where given(name) == nil {
            writer.key(name)
            writer.string(value)
        }
        for member in event where member.name != "type" && member.name != "time" {
            writer.key(member.name)
            if member.name == "units", let units = Int64(member.value) {
                writer.integer(units)
            } else {
                writer.string(member.value)
            }
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private static func standIns(_ type: String) -> [(String, String)] {
        switch type {
        case EventType.appDownload.name: [("store", "test"), ("appId", "test")]
        case EventType.appPurchase.name:
            [("store", "test"), ("appId", "test"), ("amount", "1"), ("currency", "USD")]
        case EventType.paymentTransaction.name:
            [
                ("transactionId", "test"), ("paymentMethod", "test"), ("amount", "1"),
                ("currency", "USD"),
            ]
        default: []
        }
    }
}

extension DirectiveTest.Expectation {
    /// Whether a verdict is the expected one.
    func accepts(_ verdict: Verdict) -> Bool {
        prohibition == verdict.prohibition && target == verdict.target
            && disposition == verdict.disposition && reason == verdict.reason
            && (state == nil || state == verdict.state)
            && (since == nil || since == verdict.interval.from.utc)
            && (method == nil || method == verdict.matches.first?.method)
    }

    fileprivate var words: String {
        let parts: [String?] = [
            "\(prohibition)/\(target)", disposition.rawValue, reason?.rawValue, state?.rawValue,
            since.map { "since \($0)" }, method?.rawValue,
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}

extension Verdict {
    fileprivate var words: String {
        let parts: [String?] = [
            "\(prohibition)/\(target)", disposition.rawValue, reason?.rawValue, state.rawValue,
            "since \(interval.from.utc)", matches.first?.method.rawValue,
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}
