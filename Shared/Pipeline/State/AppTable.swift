internal import Events

/// Gives every app a small number, so that a count key fits in one word, and keeps what every count
/// of the app repeats.
///
/// One for all partitions of a worker; used on the worker's thread only. A value, so that its bytes
/// can be lent without a copy and no access to it has to be checked.
package struct AppTable {
    /// Where an app's texts stand, one behind the other, and what is known of it.
    private struct App {
        let hash: UInt64
        let start: Int
        let appID: Int
        let storeAppID: Int
        let key: Int
        let value: Int
        let end: Int
        var isClear = false

        var keyPart: Range<Int> { key..<value }
        var valuePart: Range<Int> { value..<end }
    }

    private var apps: [App] = []
    private var bytes: [UInt8] = []
    private var slots = [UInt32](repeating: .max, count: 64)

    /// An empty table.
    package init() {}

    /// How many apps have a number.
    package var count: Int { apps.count }

    /// The number of an app, which is new or known; allocates only for a new one.
    package mutating func number(store: RawSpan, appID: RawSpan, storeAppID: RawSpan) -> UInt32 {
        var hash = WordHash.hash(store, seed: 0)
        hash = WordHash.hash(appID, seed: hash)
        if !storeAppID.isEmpty { hash = WordHash.hash(storeAppID, seed: hash) }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != .max {
            let app = apps[Int(slots[slot])]
            if app.hash == hash, isApp(app, store, appID, storeAppID) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(apps.count)
        apps.append(addTexts(of: hash, store, appID, storeAppID))
        slots[slot] = number
        if apps.count * 2 > slots.count { rehash() }
        return number
    }

    /// Whether it has been noted that no target has the app's ids.
    func isClear(_ number: UInt32) -> Bool { apps[Int(number)].isClear }

    /// Notes that no target of the rule set in force has the app's ids.
    mutating func setClear(_ number: UInt32) { apps[Int(number)].isClear = true }

    /// Forgets which apps no target has; for another rule set.
    mutating func forgetClear() {
        for number in apps.indices { apps[number].isClear = false }
    }

    /// Forgets every app; only right when no count refers to one any more.
    package mutating func removeAll() { self = AppTable() }

    /// Lends what stands for an app in a count's key, JSON without the commas around it.
    func withKeyPart(_ number: UInt32, _ body: (RawSpan) -> Void) {
        withPart({ $0.keyPart }, of: number, body)
    }

    /// Lends what stands for an app in a count's value, JSON without the commas around it.
    func withValuePart(_ number: UInt32, _ body: (RawSpan) -> Void) {
        withPart({ $0.valuePart }, of: number, body)
    }

    @inline(__always)
    private func withPart(_ part: (App) -> Range<Int>, of number: UInt32, _ body: (RawSpan) -> Void)
    {
        unsafe body(bytes.span.bytes.extracting(part(apps[Int(number)])))
    }

    private mutating func addTexts(
        of hash: UInt64,
        _ store: RawSpan,
        _ appID: RawSpan,
        _ storeAppID: RawSpan
    ) -> App {
        let start = bytes.count
        for text in [store.copied, appID.copied, storeAppID.copied] { bytes += text }
        let key = DownloadCount.AppKey(
            store: String(utf8Bytes: store),
            appID: appID.isEmpty ? nil : String(utf8Bytes: appID),
            storeAppID: storeAppID.isEmpty ? nil : String(utf8Bytes: storeAppID)
        )
        let keyStart = bytes.count
        bytes += key.keyPart
        let valueStart = bytes.count
        bytes += key.valuePart
        return App(
            hash: hash,
            start: start,
            appID: start + store.byteCount,
            storeAppID: start + store.byteCount + appID.byteCount,
            key: keyStart,
            value: valueStart,
            end: bytes.count
        )
    }

    @inline(__always)
    private func isApp(
        _ app: App,
        _ store: RawSpan,
        _ appID: RawSpan,
        _ storeAppID: RawSpan
    ) -> Bool {
        guard appID.byteCount == app.storeAppID - app.appID,
            store.byteCount == app.appID - app.start,
            storeAppID.byteCount == app.key - app.storeAppID
        else { return false }
        let texts = unsafe bytes.span.bytes
        return appID.stands(at: app.appID, of: texts)
            && store.stands(at: app.start, of: texts)
            && (storeAppID.isEmpty || storeAppID.stands(at: app.storeAppID, of: texts))
    }

    private mutating func rehash() {
        slots = Array(repeating: .max, count: slots.count * 2)
        for (number, app) in apps.enumerated() {
            var slot = Int(truncatingIfNeeded: app.hash) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }
}

extension String {
    /// Text of bytes that the codec has checked to be UTF-8.
    package init(utf8Bytes bytes: RawSpan) {
        self = unsafe bytes.withUnsafeBytes { buffer in
            unsafe String(decoding: buffer, as: UTF8.self)
        }
    }
}
