/// The escapes of JSON Pointer (RFC 6901).
enum JSONPointer {
    /// A member's name as it stands between two slashes.
    static func escaped(_ name: String) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
            case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The name that a part between two slashes stands for, nil if an escape is wrong.
    static func unescaped(_ part: some Sequence<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var afterTilde = false
        for byte in part {
            switch (afterTilde, byte) {
            case (true, UInt8(ascii: "0")): bytes.append(UInt8(ascii: "~"))
            case (true, UInt8(ascii: "1")): bytes.append(UInt8(ascii: "/"))
            case (true, _): return nil
            case (false, UInt8(ascii: "~")): break
            case (false, _): bytes.append(byte)
            }
            afterTilde = !afterTilde && byte == UInt8(ascii: "~")
        }
        return afterTilde ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
