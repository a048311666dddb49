package import Events

/// Gives every app a small number, so that a count key fits in one word.
///
/// Shared by all partitions of a worker; used on the worker's thread only.
package final class AppTable {
    package private(set) var apps: [DownloadCount.AppKey] = []
    private var hashes: [UInt64] = []
    private var slots: [UInt32] = Array(repeating: .max, count: 64)

    /// An empty table.
    package init() {}

    /// The number of an app, which is new or known; allocates only for a new one.
    package func number(store: RawSpan, appID: RawSpan, storeAppID: RawSpan) -> UInt32 {
        let hash = Self.hash(store, Self.hash(appID, Self.hash(storeAppID, 0)))
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != .max {
            let number = Int(slots[slot])
            if hashes[number] == hash, isApp(number, store, appID, storeAppID) {
                return slots[slot]
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(apps.count)
        apps.append(
            DownloadCount.AppKey(
                store: String(utf8Bytes: store),
                appID: Self.optional(appID),
                storeAppID: Self.optional(storeAppID)
            )
        )
        hashes.append(hash)
        slots[slot] = number
        if apps.count * 2 > slots.count { rehash() }
        return number
    }

    /// Forgets every app; only right when no count refers to one any more.
    package func removeAll() {
        apps = []
        hashes = []
        slots = Array(repeating: .max, count: 64)
    }

    private func isApp(
        _ number: Int,
        _ store: RawSpan,
        _ appID: RawSpan,
        _ storeAppID: RawSpan
    ) -> Bool {
        let app = apps[number]
        return app.store.hasBytes(store) && (app.appID ?? "").hasBytes(appID)
            && (app.storeAppID ?? "").hasBytes(storeAppID)
    }

    private func rehash() {
        slots = Array(repeating: .max, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }

    private static func optional(_ text: RawSpan) -> String? {
        text.isEmpty ? nil : String(utf8Bytes: text)
    }

    /// Multiply-and-fold over words; the table verifies bytes, so that speed is all that counts.
    private static func hash(_ text: RawSpan, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(text.byteCount) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset + 8 <= text.byteCount {
            let word = unsafe text.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = folded(hash ^ word)
            offset += 8
        }
        var tail: UInt64 = 0
        while offset < text.byteCount {
            let byte = unsafe text.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            tail = tail << 8 | UInt64(byte)
            offset += 1
        }
        return folded(hash ^ tail)
    }

    private static func folded(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}

extension String {
    /// Text of bytes that the codec has checked to be UTF-8.
    package init(utf8Bytes bytes: RawSpan) {
        self = unsafe bytes.withUnsafeBytes { buffer in
            unsafe String(decoding: buffer, as: UTF8.self)
        }
    }

    package func hasBytes(_ bytes: RawSpan) -> Bool {
        guard utf8.count == bytes.byteCount else { return false }
        var offset = 0
        for byte in utf8 {
            guard unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) == byte else {
                return false
            }
            offset += 1
        }
        return true
    }
}
