/// A W3C trace context that came with a request and travels on with its records.
struct TraceHeaders: Sendable, Equatable {
    let parent: String
    let state: String?

    /// Nil unless `traceparent` is a valid one of version 00; a bad `tracestate` is left out.
    init?(parent: String?, state: String?) {
        guard let parent, Self.isValid(parent: parent) else { return nil }
        self.parent = parent
        self.state = state.flatMap { Self.isValid(state: $0) ? $0 : nil }
    }

    /// `00-<32 hex>-<16 hex>-<2 hex>`, lower case, neither id all zeros.
    private static func isValid(parent: String) -> Bool {
        let parts = parent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "00" else { return false }
        let lengths = [2, 32, 16, 2]
        for (part, length) in zip(parts, lengths) {
            guard part.utf8.count == length, part.utf8.allSatisfy(isLowerHex) else { return false }
        }
        return [parts[1], parts[2]].allSatisfy { id in id.contains { $0 != "0" } }
    }

    private static func isValid(state: String) -> Bool {
        (1...512).contains(state.utf8.count)
            && state.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func isLowerHex(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
