/// What a member that holds a name may name.
enum NameRole: UInt8 {
    /// A company, as an app's publisher.
    case publisher = 1
    /// Either, perhaps within a longer text: a party to a payment.
    case party = 2
    /// A product: an app.
    case product = 3

    var meansEntities: Bool { self != .product }
    var meansNames: Bool { self != .publisher }
    /// Whether a name is also looked for within the text; an app's name is a whole.
    var isText: Bool { self == .party }
}

extension Screener {
    /// Longer texts are searched for names only so far, in bytes after folding.
    ///
    /// Otherwise anybody could make an event expensive. Equality with a name is not bounded.
    static let searchByteLimit = 1_024

    /// Looks a name up: first for equality after folding, else for resemblance.
    mutating func lookUp(name text: RawSpan, _ role: NameRole, from field: EventField) {
        let places = memory.places(of: text, role.rawValue)
        if let places, memory.holds(text, role.rawValue, at: places) { return }
        NameFolding.fold(text, into: &words)
        let known = hits.count
        let hash = KeyHash.folded(words)
        if role.meansEntities { lookUpWords(hash, .entity, from: field) }
        if role.meansNames { lookUpWords(hash, .name, from: field) }
        if hits.count == known { lookUpResemblances(text, role, from: field) }
        if hits.count == known, let places { memory.remember(text, role.rawValue, at: places) }
    }

    private mutating func lookUpWords(_ hash: KeyHash, _ kind: KeyKind, from field: EventField) {
        let words = words
        let found = index.table.find(hash, kind, probes: &probeCount) { $0 == words[...] }
        add(found, kind.method, field)
    }

    // MARK: - Resemblance

    private mutating func lookUpResemblances(
        _ text: RawSpan,
        _ role: NameRole,
        from field: EventField
    ) {
        guard !index.aliases.isEmpty, !words.isEmpty else { return }
        let known = hits.count
        lookUpReading(one: .lowerL, role, from: field)
        if words.contains(UInt8(ascii: "1")) { lookUpReading(one: .lowerI, role, from: field) }
        if hits.count == known, role.isText { lookUpPhrases(from: field) }
        guard hits.count == known, Self.hidesStroke(text) else { return }
        // Among small letters a capital I is drawn like a small l.
        words.removeAll(keepingCapacity: true)
        for offset in 0..<text.byteCount {
            let byte = text.octet(offset)
            words.append(byte == UInt8(ascii: "I") ? UInt8(ascii: "l") : byte)
        }
        let spelled = words
        unsafe NameFolding.fold(spelled.span.bytes, into: &words)
        lookUpReading(one: .lowerL, role, from: field, adding: .lookalikes)
    }

    /// Whether a text has a capital I next to small letters.
    private static func hidesStroke(_ text: RawSpan) -> Bool {
        guard text.byteCount <= Alias.byteLimit * 2 else { return false }
        var hasStroke = false
        var hasSmall = false
        for offset in 0..<text.byteCount {
            let byte = text.octet(offset)
            if byte == UInt8(ascii: "I") { hasStroke = true }
            if byte &- UInt8(ascii: "a") < 26 { hasSmall = true }
        }
        return hasStroke && hasSmall
    }

    /// Looks for names that the words, in one reading of the digit one, nearly spell.
    private mutating func lookUpReading(
        one: Skeleton.Stroke,
        _ role: NameRole,
        from field: EventField,
        adding extra: Deviations = []
    ) {
        let words = words
        let stripped = role.meansEntities ? LegalForms.stripped(words[...]) : words[...]
        let isWhole = stripped.count == words.count
        Skeleton.make(of: words[...], one: one, into: &skeleton)
        lookUpSkeleton(words[...], one: one, from: field, adding: extra) { alias in
            alias.isEntity ? role.meansEntities && isWhole : role.meansNames
        }
        guard !isWhole else { return }
        Skeleton.make(of: stripped, one: one, into: &skeleton)
        lookUpSkeleton(stripped, one: one, from: field, adding: extra, where: \.isEntity)
    }

    private mutating func lookUpSkeleton(
        _ text: ArraySlice<UInt8>,
        one: Skeleton.Stroke,
        from field: EventField,
        adding extra: Deviations,
        where isMeant: (Alias) -> Bool
    ) {
        let length = skeleton.count
        guard length > 0, length <= Alias.byteLimit + 1,
            index.skeletonLengths & (0b111 << UInt128(length - 1)) != 0
        else { return }
        let (words, skeleton) = (words, skeleton)
        let index = index
        var found: [(number: Int, deviations: Deviations)] = []
        index.slips.forEachCandidate(skeleton, probes: &probeCount) { number in
            let alias = index.aliases[number]
            guard isMeant(alias), !found.contains(where: { $0.number == number }) else { return }
            let deviations = alias.deviations(
                of: text,
                whole: words[...],
                skeleton: skeleton,
                one: one
            )
            if let deviations { found.append((number, deviations)) }
        }
        for (number, deviations) in found {
            add(alias: number, deviations.union(extra), from: field)
        }
    }

    /// Looks for names that stand within the words: the leftmost, and of those the longest.
    private mutating func lookUpPhrases(from field: EventField) {
        let words = words
        let end = min(words.count, Self.searchByteLimit)
        WordBorders.mark(words[..<end], into: &borders)
        var start = 0
        while start < end {
            guard borders[start], words[start] != UInt8(ascii: " ") else {
                start += 1
                continue
            }
            var longest = 0..<0
            var stop = start
            var hash = KeyHash()
            for place in start..<min(end, start + index.phraseByteLimit) {
                hash.absorb(words[place])
                guard borders[place + 1] else { continue }
                let found = index.table.find(hash, .phrase, probes: &probeCount) {
                    $0 == words[start...place]
                }
                if !found.isEmpty { (longest, stop) = (found, place + 1) }
            }
            for place in longest {
                add(alias: index.table.value(place), .embedded, from: field)
            }
            start = max(stop, start + 1)
        }
    }

    private mutating func add(alias number: Int, _ deviations: Deviations, from field: EventField) {
        for use in index.aliasUses[number] {
            hits.append(
                Hit(use: use, field: field, method: .fuzzyName, deviations: deviations)
            )
        }
    }
}
