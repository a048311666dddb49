extension String {
    /// Copies UTF-8, which should be valid; what is not becomes U+FFFD.
    init(utf8 bytes: RawSpan) {
        self = unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
