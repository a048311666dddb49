internal import Events

/// What a prohibition says of an event before anything is known about targets.
struct Ruling {
    let disposition: Disposition
    let reason: ReviewReason?
    /// The interval that counts: for a roll-up the first one that gives a disposition.
    let interval: LifecycleInterval
    /// Every interval that the event's period touches, in order; nil is the time before the first.
    let touched: [LifecycleInterval?]
    let place: Place

    /// Nil if a prohibition of that lifecycle gives no flag: outside of its time or jurisdiction.
    init?(of lifecycle: Lifecycle, in jurisdiction: Jurisdiction, on event: ScannedEvent) {
        let (beginsBefore, positions) = lifecycle.touched(
            from: event.time,
            to: event.periodEnd ?? event.time
        )
        func disposition(_ position: Int) -> Disposition? {
            lifecycle.intervals[position].state.disposition
        }
        // Most of what meets a target is out of its time: that is to cost little.
        guard let first = positions.first(where: { disposition($0) != nil }),
            let ownDisposition = disposition(first),
            let place = Place(of: event, in: jurisdiction)
        else { return nil }
        let isChanging =
            beginsBefore || positions.contains { disposition($0) != ownDisposition }
        self.place = place
        interval = lifecycle.intervals[first]
        touched = (beginsBefore ? [nil] : []) + lifecycle.intervals[positions].map(Optional.some)
        if place.country.isUnknown {
            reason = .countryUnknown
        } else if isChanging {
            reason = .stateChange
        } else {
            reason = nil
        }
        self.disposition = reason == nil ? ownDisposition : .review
    }
}

/// The country by which an event is inside a jurisdiction, or may be.
struct Place {
    /// `ZZ` if it is not known.
    let country: CountryCode
    /// JSON Pointer to the member it stands in, or is missing from.
    let field: String
    /// Every country that the event names, payer first; nil for a missing or unknown one.
    let named: [CountryCode?]

    /// Nil if the event is outside.
    ///
    /// A payment is inside if either country is; it may be inside if one is unknown or missing.
    init?(of event: ScannedEvent, in jurisdiction: Jurisdiction) {
        let candidates: [(CountryCode?, String)] =
            event.type == .paymentTransaction
            ? [
                (event.payerCountry, "/data/payerCountry"),
                (event.payeeCountry, "/data/payeeCountry"),
            ]
            : [(event.country, "/data/country")]
        named = candidates.map { country, _ in country?.isUnknown ?? true ? nil : country }
        for (country, field) in candidates {
            guard let country, jurisdiction.countries.contains(country) else { continue }
            self.country = country
            self.field = field
            return
        }
        for (country, field) in candidates where country?.isUnknown ?? true {
            self.country = .unknown
            self.field = field
            return
        }
        return nil
    }
}
