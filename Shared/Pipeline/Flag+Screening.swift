package import BanRules
internal import Crypto
package import Events

extension Flag {
    /// Builds the flag of a verdict.
    package init(
        _ verdict: Verdict,
        on event: ScannedEvent,
        in payload: RawSpan,
        scanner: borrowing EventScanner,
        from record: FlaggedRecord
    ) {
        let origin = Origin(
            source: scanner.string(event.source, in: payload),
            id: scanner.string(event.id, in: payload),
            topic: record.topic,
            partition: record.partition,
            offset: record.offset
        )
        let whole = payload.extracting(event.whole)
        self.init(
            id: Self.identifier(of: verdict, on: origin),
            time: event.time,
            recordedTime: record.timestamp.map { Timestamp(microseconds: $0 * 1_000) },
            ruling: Ruling(verdict, ruleSetDigest: record.ruleSetDigest),
            origin: origin,
            content: (
                facts: Facts(of: event, in: payload, scanner: scanner),
                event: unsafe whole.withUnsafeBytes { unsafe Array($0) }
            )
        )
    }

    /// The first half of SHA-256, in hex, over what makes a flag the same flag.
    private static func identifier(of verdict: Verdict, on origin: Origin) -> String {
        var identity = JSONWriter()
        identity.beginArray()
        identity.string(origin.source)
        identity.string(origin.id)
        identity.string(verdict.directive.id)
        identity.string(verdict.prohibition)
        identity.string(verdict.target)
        identity.endArray()
        return SHA256.hash(data: identity.bytes).prefix(16).hexadecimal
    }
}

/// Where a flagged event came from and by which rules it was judged.
package struct FlaggedRecord {
    package let topic: String
    package let partition: Int32
    package let offset: Int64
    /// Milliseconds since 1970, as Kafka has it.
    package let timestamp: Int64?
    package let ruleSetDigest: String
}

extension Flag.Ruling {
    fileprivate init(_ verdict: Verdict, ruleSetDigest: String) {
        self.init(
            disposition: verdict.disposition.rawValue,
            directive: Flag.Instrument(
                id: verdict.directive.id,
                title: verdict.directive.title,
                citation: verdict.directive.citation,
                digest: verdict.directive.digest
            ),
            prohibition: verdict.prohibition,
            target: verdict.target,
            interval: Flag.Interval(
                state: verdict.state.rawValue,
                from: verdict.interval.from.utc,
                to: verdict.interval.to?.utc,
                citation: verdict.interval.citation
            ),
            jurisdiction: Flag.Place(
                country: verdict.jurisdictionCountry,
                field: verdict.jurisdictionField
            )
        )
        reason = verdict.reason?.rawValue
        self.ruleSetDigest = ruleSetDigest
        matches = verdict.matches.map { match in
            Flag.Match(
                field: match.field,
                value: match.value,
                method: match.method.rawValue,
                score: match.score
            )
        }
        explanation = verdict.explanation
    }
}

extension Flag.Facts {
    fileprivate init(of event: ScannedEvent, in payload: RawSpan, scanner: borrowing EventScanner) {
        self.init()
        store = scanner.optionalString(event.store, in: payload)
        appID = scanner.optionalString(event.appID, in: payload)
        storeAppID = scanner.optionalString(event.storeAppID, in: payload)
        country = event.country?.description
        amount = scanner.optionalString(event.amount, in: payload)
        currency = event.currency?.description
        units = event.type == .appDownload ? event.units : nil
        transactionID = scanner.optionalString(event.transactionID, in: payload)
        status = event.status?.word
    }
}

extension EventScanner {
    package borrowing func optionalString(_ range: TextRange, in payload: RawSpan) -> String? {
        range.isAbsent ? nil : string(range, in: payload)
    }
}

extension Sequence<UInt8> {
    /// Two lower-case hex digits a byte.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
