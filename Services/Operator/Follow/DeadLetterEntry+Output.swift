import Events

extension DeadLetterEntry {
    /// The entries as a sheet.
    static func sheet(_ entries: [DeadLetterEntry]) -> Sheet {
        var sheet = Sheet([
            .text("time"), .text("reason"), .text("pointer"), .text("record"), .number("bytes"),
            .text("head"),
        ])
        for entry in entries {
            sheet.append([
                .optional(entry.time?.description), .text(entry.reason), .text(entry.pointer),
                .text((entry.origin ?? entry.place).description),
                .number(entry.originalByteCount ?? Int64(entry.byteCount)),
                .text(entry.readableHead),
            ])
        }
        return sheet
    }

    /// Everything but the value's rest, as one line of JSON.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("reason")
        writer.string(reason)
        writer.key("pointer")
        writer.string(pointer)
        let texts = [
            ("message", message), ("stage", stage), ("time", time?.description), ("key", key),
        ]
        for case (let name, let text?) in texts {
            writer.key(name)
            writer.string(text)
        }
        if let origin {
            writer.key("record")
            origin.write(to: &writer, endOffset: endOffset)
        }
        writer.key("bytes")
        writer.integer(originalByteCount ?? Int64(byteCount))
        if let originalSHA256 {
            writer.key("sha256")
            writer.string(originalSHA256)
        }
        writer.key("head")
        writer.string(String(decoding: head, as: UTF8.self))
        writer.key("deadLetter")
        place.write(to: &writer, endOffset: nil)
        writer.endObject()
        return writer.line
    }

    /// All that is known, and the value's bytes in hex and text.
    func page(value: [UInt8]) -> String {
        let facts: [(String, String?)] = [
            ("reason", reason), ("pointer", pointer), ("message", message), ("stage", stage),
            ("record", origin?.description), ("dead letter", place.description),
            ("written", time?.description), ("key", key),
            (
                "bytes",
                originalByteCount.map { "\($0), of which \(byteCount) are kept" }
                    ?? "\(byteCount)"
            ),
            ("sha256", originalSHA256),
        ]
        let lines = facts.compactMap { name, text -> String? in
            guard let text, !text.isEmpty else { return nil }
            return name + String(repeating: " ", count: 13 - name.count) + text.printable + "\n"
        }
        return lines.joined() + "\n" + HexDump.text(value)
    }
}

extension DeadLetterEntry.Place {
    fileprivate func write(to writer: inout JSONWriter, endOffset: Int64?) {
        writer.beginObject()
        writer.key("topic")
        writer.string(topic)
        writer.key("partition")
        writer.integer(partition)
        writer.key("offset")
        writer.integer(offset)
        if let endOffset {
            writer.key("endOffset")
            writer.integer(endOffset)
        }
        writer.endObject()
    }
}

/// Bytes for people: offset, sixteen bytes in hex, the same bytes as ASCII.
enum HexDump {
    /// A line for every sixteen bytes.
    static func text(_ bytes: [UInt8]) -> String {
        var text = ""
        text.reserveCapacity(bytes.count / 16 * 78)
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let row = bytes[start..<min(start + 16, bytes.count)]
            let hex = row.map { padded(String($0, radix: 16), to: 2) }.joined(separator: " ")
            let gap = String(repeating: " ", count: 47 - hex.utf8.count)
            let plain = row.map { byte in
                (0x20...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : "."
            }
            text += padded(String(start, radix: 16), to: 8) + "  \(hex)\(gap)  "
            text += plain.joined() + "\n"
        }
        return text
    }

    private static func padded(_ digits: String, to width: Int) -> String {
        String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
