internal import Events
internal import Yams

extension DirectiveReader {
    mutating func authority(_ fields: Fields) -> Authority? {
        guard let node = fields.values["authority"],
            let fields = self.fields(
                node,
                of: "the authority",
                required: ["name", "zone"],
                optional: []
            )
        else { return nil }
        let name = text(fields, "name")
        let zone = text(fields, "zone")
        if let zone, LegalClock(zone: zone.value) == nil {
            report(
                "unknown time zone `\(zone.value)`; write an IANA name such as America/New_York",
                at: zone.node
            )
            return nil
        }
        guard let name, let zone else { return nil }
        return Authority(name: name.value, timeZone: zone.value)
    }

    mutating func jurisdiction(_ fields: Fields) -> Jurisdiction? {
        guard let node = fields.values["jurisdiction"],
            let fields = self.fields(
                node,
                of: "the jurisdiction",
                required: ["name", "countries"],
                optional: []
            )
        else { return nil }
        let name = text(fields, "name")
        let codes = texts(fields, "countries")
        var countries: Set<CountryCode> = []
        for code in codes {
            guard let country = CountryCode(code.value), !country.isUnknown else {
                report(
                    "unknown country `\(code.value)`; write an ISO 3166-1 alpha-2 code such as US",
                    at: code.node
                )
                continue
            }
            if !countries.insert(country).inserted {
                report("the country `\(code.value)` is listed twice", at: code.node)
            }
        }
        if let list = fields.values["countries"], list.sequence?.isEmpty ?? false {
            report("the jurisdiction has no country", at: list)
        }
        guard let name else { return nil }
        return Jurisdiction(name: name.value, countries: countries)
    }
}
