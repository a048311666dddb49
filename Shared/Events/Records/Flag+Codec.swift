extension Flag {
    /// Appends the flag as a CloudEvent in structured mode.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("specversion")
        writer.string("1.0")
        writer.key("id")
        writer.string(id)
        writer.key("source")
        writer.string(Self.source)
        writer.key("type")
        writer.string(Self.type)
        writer.key("subject")
        writer.string(ruling.target)
        writer.key("time")
        writer.string(time.description)
        writer.member("recordedtime", ifPresent: recordedTime?.description)
        writer.key("causationid")
        writer.string(origin.id)
        writer.key("datacontenttype")
        writer.string("application/json")
        writer.key("data")
        writer.beginObject()
        writeRuling(to: &writer)
        writeOrigin(to: &writer)
        writeFacts(to: &writer)
        writer.key("event")
        writer.raw(event)
        writer.endObject()
        writer.endObject()
    }

    private func writeRuling(to writer: inout JSONWriter) {
        writer.key("disposition")
        writer.string(ruling.disposition)
        writer.member("reason", ifPresent: ruling.reason)
        writer.key("directive")
        writer.beginObject()
        writer.key("id")
        writer.string(ruling.directive.id)
        writer.key("title")
        writer.string(ruling.directive.title)
        writer.key("citation")
        writer.string(ruling.directive.citation)
        writer.key("digest")
        writer.string(ruling.directive.digest)
        writer.endObject()
        writer.key("ruleSetDigest")
        writer.string(ruling.ruleSetDigest)
        writer.key("prohibition")
        writer.string(ruling.prohibition)
        writer.key("state")
        writer.string(ruling.interval.state)
        writer.key("interval")
        writer.beginObject()
        writer.key("from")
        writer.string(ruling.interval.from.description)
        writer.member("to", ifPresent: ruling.interval.to?.description)
        writer.key("citation")
        writer.string(ruling.interval.citation)
        writer.endObject()
        writer.key("target")
        writer.string(ruling.target)
        writer.key("jurisdiction")
        writer.beginObject()
        writer.key("country")
        writer.string(ruling.jurisdiction.country)
        writer.key("field")
        writer.string(ruling.jurisdiction.field)
        writer.endObject()
        writeMatches(to: &writer)
        writer.key("explanation")
        writer.string(ruling.explanation)
    }

    private func writeMatches(to writer: inout JSONWriter) {
        writer.key("matches")
        writer.beginArray()
        for match in ruling.matches {
            writer.beginObject()
            writer.key("field")
            writer.string(match.field)
            writer.key("value")
            writer.string(match.value)
            writer.key("method")
            writer.string(match.method)
            writer.key("score")
            writer.raw(Array("\(match.score)".utf8))
            writer.endObject()
        }
        writer.endArray()
    }

    private func writeOrigin(to writer: inout JSONWriter) {
        writer.key("eventSource")
        writer.string(origin.source)
        writer.key("eventId")
        writer.string(origin.id)
        writer.key("record")
        writer.beginObject()
        writer.key("topic")
        writer.string(origin.topic)
        writer.key("partition")
        writer.integer(Int64(origin.partition))
        writer.key("offset")
        writer.integer(origin.offset)
        writer.endObject()
    }

    private func writeFacts(to writer: inout JSONWriter) {
        writer.member("store", ifPresent: facts.store)
        writer.member("appId", ifPresent: facts.appID)
        writer.member("storeAppId", ifPresent: facts.storeAppID)
        writer.member("country", ifPresent: facts.country)
        writer.member("amount", ifPresent: facts.amount)
        writer.member("currency", ifPresent: facts.currency)
        if let units = facts.units {
            writer.key("units")
            writer.integer(units)
        }
        writer.member("transactionId", ifPresent: facts.transactionID)
        writer.member("status", ifPresent: facts.status)
    }
}

extension Flag {
    /// Reads a flag back from a record's value.
    ///
    /// The event inside is given as compact JSON with equal content, not byte for byte as written.
    /// - Throws: ``Rejection`` naming the member that is missing or wrong.
    public init(value: RawSpan) throws(Rejection) {
        let envelope = RecordReader(try JSONValue.parse(value))
        guard try envelope.text("type") == Self.type else {
            throw envelope.rejection("type", .unknownType, "\(Self.type) is expected")
        }
        let data = try envelope.object("data")
        var event = JSONWriter()
        try data.member("event").write(to: &event)
        self.init(
            id: try envelope.text("id"),
            time: try envelope.value("time", Timestamp.init(rfc3339:)),
            recordedTime: try envelope.optionalValue("recordedtime", Timestamp.init(rfc3339:)),
            ruling: try Ruling(data),
            origin: try Origin(data),
            content: (facts: try Facts(data), event: event.bytes)
        )
    }
}

extension Flag.Ruling {
    init(_ data: RecordReader) throws(Rejection) {
        let directive = try data.object("directive")
        let interval = try data.object("interval")
        let place = try data.object("jurisdiction")
        self.init(
            disposition: try data.text("disposition"),
            directive: Flag.Instrument(
                id: try directive.text("id"),
                title: try directive.text("title"),
                citation: try directive.text("citation"),
                digest: try directive.text("digest")
            ),
            prohibition: try data.text("prohibition"),
            target: try data.text("target"),
            interval: Flag.Interval(
                state: try data.text("state"),
                from: try interval.value("from", Timestamp.init(rfc3339:)),
                to: try interval.optionalValue("to", Timestamp.init(rfc3339:)),
                citation: try interval.text("citation")
            ),
            jurisdiction: Flag.Place(
                country: try place.text("country"),
                field: try place.text("field")
            )
        )
        reason = try data.optionalText("reason")
        ruleSetDigest = try data.text("ruleSetDigest")
        explanation = try data.text("explanation")
        for match in try data.objects("matches") {
            matches.append(try Flag.Match(match))
        }
    }
}

extension Flag.Match {
    fileprivate init(_ match: RecordReader) throws(Rejection) {
        let score: Double? =
            switch try match.member("score") {
            case .integer(let number): Double(number)
            case .number(let text): Double(text)
            default: nil
            }
        guard let score else {
            throw match.rejection("score", .wrongType, "a number is expected")
        }
        self.init(
            field: try match.text("field"),
            value: try match.text("value"),
            method: try match.text("method"),
            score: score
        )
    }
}

extension Flag.Origin {
    fileprivate init(_ data: RecordReader) throws(Rejection) {
        let record = try data.object("record")
        self.init(
            source: try data.text("eventSource"),
            id: try data.text("eventId"),
            topic: try record.text("topic"),
            partition: try record.int32("partition"),
            offset: try record.integer("offset")
        )
    }
}

extension Flag.Facts {
    fileprivate init(_ data: RecordReader) throws(Rejection) {
        store = try data.optionalText("store")
        appID = try data.optionalText("appId")
        storeAppID = try data.optionalText("storeAppId")
        country = try data.optionalText("country")
        amount = try data.optionalText("amount")
        currency = try data.optionalText("currency")
        units = try data.optionalInteger("units")
        transactionID = try data.optionalText("transactionId")
        status = try data.optionalText("status")
    }
}
