@testable import Events

/// A valid event as JSON texts of its members, to be spoilt one member at a time.
struct Draft: Sendable {
    var attributes: [(name: String, json: String)]
    var data: [(name: String, json: String)]

    static let download = Draft(
        attributes: envelope("cordon.app.download"),
        data: [
            ("store", #""google""#), ("appId", #""com.example.app""#),
            ("appName", #""Example""#), ("publisher", #""Example Ltd""#),
            ("country", #""US""#), ("acquisition", #""first-time""#),
        ]
    )

    static let purchase = Draft(
        attributes: envelope("cordon.app.purchase"),
        data: [
            ("store", #""apple""#), ("storeAppId", #""414478124""#), ("country", #""PR""#),
            ("amount", #""0.99""#), ("currency", #""EUR""#),
        ]
    )

    static let payment = Draft(
        attributes: envelope("cordon.payment.transaction"),
        data: [
            ("transactionId", #""t_1""#), ("paymentMethod", #""card""#),
            ("amount", #""12.50""#), ("currency", #""USD""#), ("payerCountry", #""US""#),
        ]
    )

    static func of(_ type: EventType) -> Draft {
        switch type {
        case .appDownload: download
        case .appPurchase: purchase
        case .paymentTransaction: payment
        }
    }

    private static func envelope(_ type: String) -> [(name: String, json: String)] {
        [
            ("specversion", #""1.0""#), ("id", #""e-1""#), ("source", #""shop/eu""#),
            ("type", "\"\(type)\""), ("time", #""2020-03-01T12:34:56.789Z""#),
        ]
    }

    /// The same event with a member of that pointer set, added at the end if it is new.
    func setting(_ pointer: String, _ json: String) -> Draft {
        changing(pointer) { members, name in
            if let index = members.firstIndex(where: { $0.name == name }) {
                members[index].json = json
            } else {
                members.append((name, json))
            }
        }
    }

    /// The same event with another member of that name at the end.
    func adding(_ pointer: String, _ json: String) -> Draft {
        changing(pointer) { members, name in members.append((name, json)) }
    }

    func removing(_ pointer: String) -> Draft {
        changing(pointer) { members, name in members.removeAll { $0.name == name } }
    }

    private func changing(
        _ pointer: String,
        _ change: (inout [(name: String, json: String)], String) -> Void
    ) -> Draft {
        var draft = self
        let parts = pointer.split(separator: "/").map(String.init)
        if parts.count == 2, parts[0] == "data" {
            change(&draft.data, parts[1])
        } else {
            change(&draft.attributes, parts.joined(separator: "/"))
        }
        return draft
    }

    /// The event's JSON; a `data` among the attributes takes the place of the data.
    var text: String {
        func object(_ members: [(name: String, json: String)]) -> String {
            "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
        }
        let hasData = attributes.contains { $0.name == "data" }
        return object(hasData ? attributes : attributes + [("data", object(data))])
    }
}

/// A scanned event beside the payload and scanner it belongs to.
struct Scan: ~Copyable {
    let event: ScannedEvent
    private let payload: [UInt8]
    private let scanner: EventScanner

    init(_ text: String) throws(Rejection) {
        try self.init(Array(text.utf8))
    }

    init(_ payload: [UInt8]) throws(Rejection) {
        var scanner = EventScanner()
        event = unsafe try scanner.scan(payload.span.bytes)
        self.payload = payload
        self.scanner = scanner
    }

    subscript(_ range: TextRange) -> String {
        unsafe scanner.string(range, in: payload.span.bytes)
    }

    subscript(_ range: Range<Int>) -> String {
        String(decoding: payload[range], as: UTF8.self)
    }
}

/// What turns a payload away, nil if nothing does.
func rejection(of payload: [UInt8]) -> Rejection? {
    do throws(Rejection) {
        _ = try Scan(payload)
        return nil
    } catch {
        return error
    }
}
