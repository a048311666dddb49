import Events
import Hummingbird

/// Reads an event in CloudEvents' binary mode over HTTP.
enum BinaryHeaders {
    /// The event in structured mode, still to be validated.
    ///
    /// - Throws: what is wrong with the data by itself.
    static func structured(_ headers: HTTPFields, data: [UInt8]) throws(Rejection) -> [UInt8] {
        var mode = BinaryMode()
        mode.begin()
        for field in headers {
            let name = field.name.canonicalName
            guard name.hasPrefix("ce-") else { continue }
            let value = decoded(field.value)
            let attribute = Array(name.utf8.dropFirst(3))
            unsafe mode.attribute(attribute.span.bytes, value.span.bytes)
        }
        let contentType = headers[.contentType].map { Array($0.utf8) }
        var output: [UInt8] = []
        if let contentType {
            unsafe try mode.finish(
                contentType: contentType.span.bytes,
                data: data.span.bytes,
                into: &output
            )
        } else {
            unsafe try mode.finish(contentType: nil, data: data.span.bytes, into: &output)
        }
        return output
    }

    /// Undoes a header's quotes, then its percent signs, once, as the HTTP binding has it.
    ///
    /// A percent sign without two hex digits stands for itself.
    static func decoded(_ value: String) -> [UInt8] {
        let bytes = unquoted(Array(value.utf8))
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return bytes }
        var result: [UInt8] = []
        var isEscaped = false
        for byte in bytes.dropFirst().dropLast() {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
            } else {
                result.append(byte)
                isEscaped = false
            }
        }
        return result
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
