internal import Crypto

/// Digests of rules, in the form in which flags and manifests carry them.
enum Digest {
    /// SHA-256 as `sha256:` and 64 lower-case hex digits.
    static func sha256(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("sha256:".utf8)
        for byte in SHA256.hash(data: bytes) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
