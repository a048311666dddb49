internal import Events

extension Screener {
    /// Looks the ids of the app up: equal but for ASCII case.
    mutating func collectApp(
        _ event: inout ScannedEvent,
        payload: RawSpan,
        scanner: inout EventScanner
    ) {
        if !event.appID.isAbsent {
            scanner.withText(event.appID, in: payload) { lookUp($0, .appID, from: .appID) }
        }
        if !event.storeAppID.isAbsent {
            // Numeric ids of other stores are other people's numbers.
            let isApple = scanner.withText(event.store, in: payload) { Self.isApple($0) }
            if isApple {
                scanner.withText(event.storeAppID, in: payload) {
                    lookUp($0, .appleID, from: .storeAppID)
                }
            }
        }
    }

    /// Looks the other ids and codes up: equal but for ASCII case.
    mutating func collectIdentifiers(
        _ event: inout ScannedEvent,
        payload: RawSpan,
        scanner: inout EventScanner
    ) {
        if !event.counterpartyAppID.isAbsent {
            scanner.withText(event.counterpartyAppID, in: payload) {
                lookUp($0, .appID, from: .counterpartyAppID)
                lookUp($0, .appleID, from: .counterpartyAppID)
            }
        }
        if !event.paymentMethod.isAbsent {
            scanner.withText(event.paymentMethod, in: payload) {
                lookUp($0, .paymentMethod, from: .paymentMethod)
            }
        }
    }

    /// Looks names of companies and products up.
    mutating func collectNames(
        _ event: inout ScannedEvent,
        payload: RawSpan,
        scanner: inout EventScanner
    ) {
        if !event.publisher.isAbsent {
            scanner.withText(event.publisher, in: payload) {
                lookUp(name: $0, .publisher, from: .publisher)
            }
        }
        if !event.merchantName.isAbsent {
            scanner.withText(event.merchantName, in: payload) {
                lookUp(name: $0, .party, from: .merchantName)
            }
        }
        if !event.counterpartyName.isAbsent {
            scanner.withText(event.counterpartyName, in: payload) {
                lookUp(name: $0, .party, from: .counterpartyName)
            }
        }
        if !event.appName.isAbsent {
            scanner.withText(event.appName, in: payload) {
                lookUp(name: $0, .product, from: .appName)
            }
        }
    }

    private static func isApple(_ text: RawSpan) -> Bool {
        let apple: StaticString = "apple"
        guard text.byteCount == apple.utf8CodeUnitCount else { return false }
        return text.octet(0) == UInt8(ascii: "a") && text.octet(1) == UInt8(ascii: "p")
            && text.octet(2) == UInt8(ascii: "p") && text.octet(3) == UInt8(ascii: "l")
            && text.octet(4) == UInt8(ascii: "e")
    }

    private mutating func lookUp(_ text: RawSpan, _ kind: KeyKind, from field: EventField) {
        guard index.table.mayHold(kind, length: text.byteCount) else { return }
        let found = index.table.find(KeyHash.exact(text), kind, probes: &probeCount) { key in
            Self.isFolded(text, equalTo: key)
        }
        add(found, kind.method, field)
    }

    @inline(__always)
    mutating func add(_ places: Range<Int>, _ method: MatchMethod, _ field: EventField) {
        for place in places {
            hits.append(
                Hit(use: Int32(index.table.value(place)), field: field, method: method)
            )
        }
    }

    private static func isFolded(_ text: RawSpan, equalTo key: ArraySlice<UInt8>) -> Bool {
        guard text.byteCount == key.count else { return false }
        for (offset, byte) in key.enumerated()
        where ASCIIFolding.lowercased(text.octet(offset)) != byte {
            return false
        }
        return true
    }
}
