internal import Events

extension DirectiveTest {
    /// Runs the test on a directive of a compiled rule set.
    ///
    /// - Returns: what came instead of what was expected, nil if the test passes.
    public func run(directive: String, _ index: RuleIndex) -> String? {
        let payload = eventJSON()
        var scanner = EventScanner()
        let event: ScannedEvent
        do {
            event = unsafe try scanner.scan(payload.span.bytes)
        } catch {
            return "the event is not valid: \(error)"
        }
        var screener = Screener(index)
        var verdicts: [Verdict] = []
        unsafe screener.screen(
            event,
            payload: payload.span.bytes,
            scanner: scanner,
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

    /// The event in CloudEvents structured mode, with stand-ins for members that are required but
    /// that the test does not care about.
    func eventJSON() -> [UInt8] {
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
            && (method == nil || method == verdict.matches.first?.method)
    }

    fileprivate var words: String {
        let parts: [String?] = [
            "\(prohibition)/\(target)", disposition.rawValue, reason?.rawValue, state?.rawValue,
            method?.rawValue,
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}

extension Verdict {
    fileprivate var words: String {
        let parts: [String?] = [
            "\(prohibition)/\(target)", disposition.rawValue, reason?.rawValue, state.rawValue,
            matches.first?.method.rawValue,
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}
