internal import Events
// Time zones are the one thing here that the standard library does not have.
internal import Foundation

/// The clock of an authority: it tells which instant a date or a local time of a text means.
struct LegalClock: Sendable {
    /// The IANA name, or a UTC offset.
    let zone: String
    private let rules: Rules

    private enum Rules: Sendable {
        case fixed(seconds: Int)
        case zone(TimeZone)
    }

    /// Why a text gives no instant.
    struct Fault: Error {
        var message: String
    }

    static let utc = LegalClock(zone: "UTC", rules: .fixed(seconds: 0))

    private init(zone: String, rules: Rules) {
        self.zone = zone
        self.rules = rules
    }

    /// Nil unless the zone is an IANA name with a slash, `UTC`, `Z` or an offset such as `-04:00`.
    init?(zone: String) {
        if let seconds = Self.offset(zone) {
            self.init(zone: zone, rules: .fixed(seconds: seconds))
        } else if zone.contains("/"), let found = TimeZone(identifier: zone) {
            self.init(zone: zone, rules: .zone(found))
        } else {
            return nil
        }
    }

    /// The instant of `2021-01-05` (00:00 here), `2021-01-05T12:00:00` (here), or of an RFC 3339
    /// text, whose own offset holds.
    func instant(_ text: String) -> Result<LegalInstant, Fault> {
        if let utc = Timestamp(rfc3339: text) {
            let offset = text.hasSuffix("Z") || text.hasSuffix("z") ? "Z" : String(text.suffix(6))
            return .success(LegalInstant(words: text, zone: offset, utc: utc))
        }
        let local: Timestamp
        if let day = Day(text) {
            local = day.start
        } else if let time = Timestamp(rfc3339: text + "Z") {
            local = time
        } else {
            return .failure(
                Fault(
                    message: "`\(text)` is no date; write 2021-01-05, or 2021-01-05T12:00:00,"
                        + " with an offset such as -05:00 or Z if it is not the authority's"
                )
            )
        }
        let candidates = instants(local: local)
        guard let utc = candidates.first, candidates.count == 1 else {
            let fault = candidates.isEmpty ? "does not exist" : "comes twice"
            return .failure(
                Fault(message: "`\(text)` \(fault) in \(zone); write the time with its offset")
            )
        }
        return .success(LegalInstant(words: text, zone: zone, utc: utc))
    }

    /// What the clock shows at an instant, to the second: `2021-02-19 00:00:00`.
    func reading(at time: Timestamp) -> String {
        let local = Timestamp(
            microseconds: time.microseconds + Int64(offset(at: time.microseconds)) * 1_000_000
        )
        let text = local.description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
    }

    /// The instants that show a local time: none or two where clocks are changed.
    private func instants(local: Timestamp) -> [Timestamp] {
        let aDay: Int64 = 86_400_000_000
        let guesses = [local.microseconds - aDay, local.microseconds + aDay].map(offset(at:))
        return Set(guesses)
            .map { local.microseconds - Int64($0) * 1_000_000 }
            .filter { $0 + Int64(offset(at: $0)) * 1_000_000 == local.microseconds }
            .map(Timestamp.init(microseconds:))
    }

    private func offset(at microseconds: Int64) -> Int {
        switch rules {
        case .fixed(let seconds): seconds
        case .zone(let zone):
            zone.secondsFromGMT(
                for: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
            )
        }
    }

    private static func offset(_ text: String) -> Int? {
        if text == "Z" || text == "UTC" { return 0 }
        let bytes = Array(text.utf8)
        let zeroPoint = "1970-01-02T00:00:00"
        guard bytes.count == 6, let time = Timestamp(rfc3339: zeroPoint + text) else { return nil }
        return Int((86_400_000_000 - time.microseconds) / 1_000_000)
    }
}
