import Testing

@testable import Events

/// The scanner and a plain reference, held against each other on spoilt events.
@Suite struct EventScannerDifferentialTests {
    private static let jsonReasons: Set<Rejection.Reason> = [
        .empty, .invalidJSON, .invalidUTF8, .tooDeep,
    ]
    private static let seeds: [[UInt8]] =
        EventType.allCases.map { Array(Draft.of($0).text.utf8) } + [
            Array(
                Draft.payment.setting("/data/x", #"[[],{},-1.5e+3,"\ud83d\ude00\n",{"a":{"b":0}}]"#)
                    .setting("/data/merchantName", #""支付宝 é \u00e9 😀""#).text.utf8
            ),
            Array(" [ 1 , [ true , null , false ] , { \"k\" : \"v\" } ] ".utf8),
            Array(
                (String(repeating: "[", count: 31) + "0" + String(repeating: "]", count: 31)).utf8
            ),
        ]
    private static let pieces: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", ":", ",", "\\u", "\\ud83d", "\\udc00", "0", "-", "e",
            "E+", ".", "true", "null", " ", "\n", "\u{7F}", "é", "支", "😀", "{}", "[]", "\"\"",
            "\"id\":1,", "12",
        ].map { Array($0.utf8) } + [
            [0], [0x1F], [0x80], [0xBF], [0xC0, 0x80], [0xC2], [0xE0, 0x80, 0x80],
            [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xEF, 0xBB, 0xBF],
            [0xE4, 0xBD],
        ]

    private func spoil(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...4, using: &random))
            switch UInt8.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 2 where place < bytes.count:
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 3: bytes.removeLast(Int.random(in: 0...min(40, bytes.count), using: &random))
            default:
                let piece = Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
                bytes.insert(contentsOf: piece, at: place)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `scanner, tree and reference agree on what is JSON`() {
        var random = SeededRandom()
        var accepted = 0
        for round in 0..<6000 {
            var bytes = Self.seeds[round % Self.seeds.count]
            spoil(&bytes, &random)
            let expected = ReferenceJSON.accepts(bytes, depthLimit: EventLimits.depthLimit)
            let reason = rejection(of: bytes)?.reason
            let scanned = reason.map { !Self.jsonReasons.contains($0) } ?? true
            let tree = try? JSONValue.parse(bytes)
            accepted += expected ? 1 : 0
            guard scanned != expected || (tree != nil) != expected else {
                checkRoundTrip(tree, random)
                continue
            }
            Issue.record(
                """
                \(String(decoding: bytes, as: UTF8.self)): reference \(expected), scanner \
                \(reason?.rawValue ?? "accepts"), tree \(tree != nil), \(random)
                """
            )
            return
        }
        #expect(accepted > 300, "mutations must leave some texts valid, \(random)")
    }

    private func checkRoundTrip(_ tree: JSONValue?, _ random: SeededRandom) {
        guard let tree else { return }
        var writer = JSONWriter()
        tree.write(to: &writer)
        let again = try? JSONValue.parse(writer.bytes)
        #expect(again == tree, "\(random)")
    }

    @Test(.timeLimit(.minutes(1)))
    func `an accepted event has the texts its tree has`() throws {
        var random = SeededRandom()
        let letters = [
            "a", "\\n", "\\u0000", "\\u0041", "é", "支", "😀", "\\ud83d\\ude00", " ", "\\\"", "/",
        ]
        for _ in 0..<400 {
            let name = (0..<Int.random(in: 0...40, using: &random))
                .map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }.joined()
            let text = Draft.payment.setting("/data/merchantName", "\"\(name)\"").text
            let tree = try JSONValue.parse(Array(text.utf8))
            let expected = tree.at(pointer: "/data/merchantName")?.stringValue
            guard !name.contains("\\u0000") else {
                #expect(rejection(of: Array(text.utf8))?.reason == .invalidValue)
                continue
            }
            let scan = try Scan(text)
            #expect(scan[scan.event.merchantName] == expected, "\(text), \(random)")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `what a scanner remembers of other events changes nothing`() {
        var random = SeededRandom()
        var used = EventScanner()
        var accepted = 0
        for round in 0..<12_000 {
            let type = EventType.allCases[round % EventType.allCases.count]
            var bytes = Array(varied(Draft.of(type), &random).text.utf8)
            if round % 4 == 0 { spoil(&bytes, &random) }
            var fresh = EventScanner()
            let expected = outcome(of: bytes, &fresh)
            let found = outcome(of: bytes, &used)
            accepted += expected.rejection == nil ? 1 : 0
            guard found == expected else {
                let text = String(decoding: bytes, as: UTF8.self)
                Issue.record("\(text): \(found), not \(expected), \(random)")
                return
            }
        }
        #expect(accepted > 3_000, "most events must be valid, \(random)")
    }

    /// The members in another order now and then, some of them twice, and among them some that are
    /// not known, or known elsewhere.
    private func varied(_ draft: Draft, _ random: inout SeededRandom) -> Draft {
        var draft = draft
        let names = [
            "id", "store", "amount", "data", "units", "deviceClass", "version", "a", "time",
            "status",
            "aNameOfTwentyBytes..", "aNameOfTwenty-1Byte.", "one that is longer than all of those",
        ]
        let values = [
            "\"x\"", "\"\"", "\"\\u0041\"", "1", "null", "[\"y\"]", "\"支\"", "{\"id\":\"z\"}",
        ]
        func vary(_ members: inout [(name: String, json: String)]) {
            if Int.random(in: 0..<4, using: &random) == 0 { members.shuffle(using: &random) }
            for _ in 0..<Int.random(in: 0..<5, using: &random) {
                let place = Int.random(in: 0...members.count, using: &random)
                let name = names.randomElement(using: &random) ?? ""
                if members.contains(where: { $0.name == name }) && round() { continue }
                members.insert((name, values.randomElement(using: &random) ?? ""), at: place)
            }
        }
        func round() -> Bool { Int.random(in: 0..<8, using: &random) != 0 }
        vary(&draft.data)
        if !round() { vary(&draft.attributes) }
        return draft
    }

    private struct Outcome: Equatable {
        var rejection: Rejection?
        var type: EventType?
        var time: Timestamp?
        var texts: [String] = []
    }

    private func outcome(of bytes: [UInt8], _ scanner: inout EventScanner) -> Outcome {
        let payload = unsafe bytes.span.bytes
        do throws(Rejection) {
            let event = try scanner.scan(payload)
            let texts = [
                event.id, event.source, event.subject, event.partitionKey, event.store, event.appID,
                event.storeAppID, event.appName, event.publisher, event.product,
                event.paymentMethod, event.transactionID, event.vendorStatus, event.amount,
                event.merchantID, event.merchantName, event.counterpartyName,
                event.counterpartyAppID, event.dataText, event.wholeText,
            ].map { $0.isAbsent ? "-" : scanner.string($0, in: payload) }
            let values = [
                "\(event.units)", "\(event.acquisition)", "\(event.status as Any)",
                "\(event.country as Any)", "\(event.payerCountry as Any)",
                "\(event.payeeCountry as Any)", "\(event.currency as Any)",
            ]
            return Outcome(type: event.type, time: event.time, texts: texts + values)
        } catch {
            return Outcome(rejection: error)
        }
    }
}
