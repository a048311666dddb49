import Events
import Foundation

@testable import BanRules

/// A line of the labelled set.
struct LabelledEvent {
    let name: String
    /// `exact` or `fuzzy`.
    let kind: String
    let expected: [LabelledVerdict]
    private let members: [DirectiveTest.EventMember]

    /// The whole set.
    static func all() throws -> [LabelledEvent] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "labelled-events.ndjson")
        return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
            .map { try LabelledEvent(JSONValue.parse(Array($0))) }
    }

    private init(_ json: JSONValue) throws {
        func text(_ value: JSONValue?) throws -> String {
            guard let text = value?.stringValue else { throw BadLine() }
            return text
        }
        name = try text(json["case"])
        kind = try text(json["class"])
        guard case .object(let members)? = json["event"],
            case .array(let verdicts)? = json["expect"]
        else { throw BadLine() }
        self.members = try members.map { .init(name: $0.name, value: try text($0.value)) }
        expected = try verdicts.map { verdict in
            LabelledVerdict(
                place: try ["directive", "prohibition", "target", "disposition"]
                    .map { try text(verdict[$0]) },
                reason: verdict["reason"]?.stringValue,
                state: verdict["state"]?.stringValue,
                method: verdict["method"]?.stringValue
            )
        }
    }

    private struct BadLine: Error {}

    /// What the rules say.
    func verdicts(_ index: RuleIndex) throws -> [LabelledVerdict] {
        var screener = Screener(index)
        var scanner = EventScanner()
        var verdicts: [Verdict] = []
        let payload = DirectiveTest.eventJSON(members)
        var event = unsafe try scanner.scan(payload.span.bytes)
        unsafe screener.screen(
            &event,
            payload: payload.span.bytes,
            scanner: &scanner,
            into: &verdicts
        )
        return verdicts.map { verdict in
            LabelledVerdict(
                place: [
                    verdict.directive.id, verdict.prohibition, verdict.target,
                    verdict.disposition.rawValue,
                ],
                reason: verdict.reason?.rawValue,
                state: verdict.state.rawValue,
                method: verdict.matches.first?.method.rawValue
            )
        }
    }
}

/// A verdict as the set has it.
struct LabelledVerdict {
    /// Directive, prohibition, target and disposition.
    var place: [String]
    var reason: String?
    /// Nil where the label leaves it open, as with the method.
    var state: String?
    var method: String?

    func accepts(_ found: LabelledVerdict) -> Bool {
        place == found.place && reason == found.reason && (state == nil || state == found.state)
            && (method == nil || method == found.method)
    }

    var words: String {
        (place + [reason, state, method].compactMap(\.self)).joined(separator: " ")
    }
}
