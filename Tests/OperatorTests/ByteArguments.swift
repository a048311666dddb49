import Events
import Kafka

@testable import Operator

// Tests hold their records as arrays and texts; the product gets them lent as spans.

extension CountTable {
    /// Takes in a record of texts; nil is a tombstone.
    mutating func apply(key: String, value: String?) throws(Rejection) {
        let key = Array(key.utf8)
        let value = value.map { Array($0.utf8) }
        if let value {
            unsafe try apply(key: key.span.bytes, value: value.span.bytes)
        } else {
            unsafe try apply(key: key.span.bytes, value: nil)
        }
    }
}

extension FlagTable {
    /// Takes in a record's value.
    mutating func apply(value: [UInt8]) throws(Rejection) {
        unsafe try apply(value: value.span.bytes)
    }
}

extension DeadLetterEntry {
    /// Builds the entry of a record on `dead-letters`.
    init(_ info: RecordInfo, key: String, value: [UInt8], headers: [String: String]) {
        let key = Array(key.utf8)
        unsafe self.init(
            info,
            topic: "dead-letters",
            key: key.span.bytes,
            value: value.span.bytes,
            headers: headers
        )
    }
}

extension JSONWriter {
    /// What has been written, as text.
    var written: String { String(decoding: bytes, as: UTF8.self) }
}
