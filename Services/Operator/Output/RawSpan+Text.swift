extension RawSpan {
    /// The bytes as text; what is no UTF-8 becomes U+FFFD.
    var text: String {
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// A copy of the bytes.
    var bytes: [UInt8] {
        unsafe withUnsafeBytes { unsafe Array($0) }
    }
}
