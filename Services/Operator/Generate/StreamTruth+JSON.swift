import Events

extension StreamTruth {
    /// The truth as one JSON object, the lists sorted and one row a line.
    var json: [UInt8] {
        var text = TruthText()
        text.value("scenario") { $0.string(options.scenario.rawValue) }
        text.value("seed") { $0.integer(options.seed) }
        text.value("scale") { $0.raw(Array(options.scale.text.utf8)) }
        text.value("granularity") { $0.string(options.granularity.rawValue) }
        text.value("records") { $0.integer(recordCount) }
        text.value("duplicates") { $0.integer(duplicateCount) }
        text.list(
            "byTopic",
            [(InputTopic.appstoreEvents, appStore), (InputTopic.paymentTransactions, payment)]
        ) { json, row in
            json.member("topic", row.0.name)
            json.member("records", row.1.records)
            json.member("duplicates", row.1.duplicates)
        }
        let pressed = OrderTarget.allCases.filter { $0.pressFigure != nil }
        text.list("press", pressed) { json, target in
            json.member("app", target.id)
            json.member("title", target.title)
            json.member("units", pressCount(of: target))
        }
        text.value("flagTotal") { $0.integer(flagCount) }
        text.value("flaggedEvents") { $0.integer(flaggedEventCount) }
        text.value("flagsCountryUnknown") { $0.integer(countryUnknownFlags) }
        addFlags(to: &text)
        text.value("purchases") { $0.integer(purchaseCount) }
        addPayments(to: &text)
        text.list("days", Array(firstTimeByDay.enumerated())) { json, day in
            json.member("day", StreamHour.date(ofDay: day.offset).description)
            json.member("firstTime", day.element)
        }
        text.list("downloads", downloads) { json, row in
            json.member("year", row.year)
            json.member("country", row.country)
            json.member("store", row.store)
            json.member("appId", row.appID)
            json.member("storeAppId", row.storeAppID)
            json.member("acquisition", row.acquisition)
            json.member("units", row.units)
        }
        return text.finished
    }

    private func addFlags(to text: inout TruthText) {
        let rows = flags.sorted {
            ($0.key.target.id, $0.key.act.rawValue, $0.key.state.rawValue)
                < ($1.key.target.id, $1.key.act.rawValue, $1.key.state.rawValue)
        }
        text.list("flags", rows) { json, row in
            json.member("target", row.key.target.id)
            json.member("act", row.key.act.rawValue)
            json.member("state", row.key.state.word)
            json.member("disposition", row.key.state.disposition)
            json.member("flags", row.value)
        }
    }

    private func addPayments(to text: inout TruthText) {
        text.value("payments") { json in
            json.beginObject()
            json.member("transactions", transactionCount)
            json.member("events", payment.records - payment.duplicates)
            json.endObject()
        }
        let events = paymentEvents.sorted {
            ($0.key.method, $0.key.status.rawValue) < ($1.key.method, $1.key.status.rawValue)
        }
        text.list("paymentEvents", events) { json, row in
            json.member("method", row.key.method)
            json.member("status", row.key.status.rawValue)
            json.member("events", row.value)
        }
        let money = captured.sorted {
            ($0.key.method, $0.key.currency) < ($1.key.method, $1.key.currency)
        }
        text.list("capturedAmounts", money) { json, row in
            json.member("method", row.key.method)
            json.member("currency", row.key.currency)
            json.member("amount", Price.text(row.value, currency: row.key.currency))
        }
    }
}

/// A JSON object in which every row of a list has a line of its own, for people and for diffs.
private struct TruthText {
    private var bytes: [UInt8] = Array("{".utf8)

    mutating func value(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        begin(name)
        var json = JSONWriter()
        body(&json)
        bytes += json.bytes
    }

    mutating func list<Row>(
        _ name: StaticString,
        _ rows: [Row],
        _ body: (inout JSONWriter, Row) -> Void
    ) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        var json = JSONWriter()
        for (place, row) in rows.enumerated() {
            json.removeAll()
            json.beginObject()
            body(&json, row)
            json.endObject()
            bytes += place == 0 ? Array("\n".utf8) : Array(",\n".utf8)
            bytes += json.bytes
        }
        bytes += Array("\n]".utf8)
    }

    var finished: [UInt8] { bytes + Array("\n}\n".utf8) }

    private mutating func begin(_ name: StaticString) {
        bytes += bytes.count == 1 ? Array("\n".utf8) : Array(",\n".utf8)
        bytes += Array("\"\(name)\":".utf8)
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    fileprivate mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        integer(value)
    }
}
