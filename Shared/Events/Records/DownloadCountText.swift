/// Writes the counts of one input partition, one after the other.
///
/// What neighbours share — their day and segment — is put together once; each then costs a few
/// copies. The bytes are those of ``DownloadCount/writeKey(to:)`` and
/// ``DownloadCount/writeValue(to:)``.
package struct DownloadCountText: ~Copyable {
    private let topic: String
    private let partition: Int32
    private var day: Day?
    private var segment: Int64 = -1
    /// The shared pieces, one behind the other, and where they stand.
    private var pieces: [UInt8] = []
    private var keyStart = 0..<0
    private var keyEnds: [Range<Int>] = []
    private var valueStart = 0..<0
    private var valueMiddles: [Range<Int>] = []

    /// A writer for the counts of an input partition.
    package init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// Prepares for counts of a day and segment; costs nothing if the last ones were of the same.
    package mutating func select(_ day: Day, segment: Int64) {
        if !isFor(day, segment: segment) { prepare(day, segment) }
    }

    /// Whether it is prepared for counts of a day and segment.
    package func isFor(_ day: Day, segment: Int64) -> Bool {
        self.day == day && self.segment == segment
    }

    private mutating func prepare(_ day: Day, _ segment: Int64) {
        self.day = day
        self.segment = segment
        pieces.removeAll(keepingCapacity: true)
        keyEnds.removeAll(keepingCapacity: true)
        valueMiddles.removeAll(keepingCapacity: true)
        keyStart = add(Array("[\"\(day)\",".utf8))
        valueStart = add(Array("{\"day\":\"\(day)\",".utf8))
        for acquisition in Acquisition.allCases {
            var key = JSONWriter()
            key.string(acquisition.word)
            key.string(topic)
            key.integer(Int64(partition))
            key.integer(segment)
            key.endArray()
            keyEnds.append(add(Array("\",".utf8) + key.bytes))
            var value = JSONWriter()
            value.key("acquisition")
            value.string(acquisition.word)
            value.key("topic")
            value.string(topic)
            value.key("partition")
            value.integer(Int64(partition))
            value.key("segment")
            value.integer(segment)
            value.key("count")
            valueMiddles.append(add(Array("\",".utf8) + value.bytes))
        }
    }

    private mutating func add(_ piece: [UInt8]) -> Range<Int> {
        pieces += piece
        return pieces.count - piece.count..<pieces.count
    }

    /// Appends a record's key; `app` is ``DownloadCount/AppKey/keyPart``.
    package func appendKey(
        app: RawSpan,
        _ country: CountryCode,
        _ acquisition: Acquisition,
        to bytes: inout [UInt8]
    ) {
        let pieces = unsafe pieces.span.bytes
        let end = keyEnds[Int(acquisition.rawValue)]
        bytes.append(addingCapacity: keyStart.count + app.byteCount + 4 + end.count) { text in
            text.append(pieces.extracting(keyStart))
            text.append(app)
            text.append(UInt8(ascii: ","))
            text.append(UInt8(ascii: "\""))
            text.append(country)
            text.append(pieces.extracting(end))
        }
    }

    /// Appends a record's value; `app` is ``DownloadCount/AppKey/valuePart``.
    package func appendValue(
        app: RawSpan,
        _ country: CountryCode,
        _ acquisition: Acquisition,
        figures: (count: Int64, throughOffset: Int64),
        to bytes: inout [UInt8]
    ) {
        let pieces = unsafe pieces.span.bytes
        let middle = valueMiddles[Int(acquisition.rawValue)]
        // Two numbers of up to 20 characters, two letters and what is written literally here.
        let room = valueStart.count + app.byteCount + middle.count + 80
        bytes.append(addingCapacity: room) { text in
            text.append(pieces.extracting(valueStart))
            text.append(app)
            text.append(#","country":""#)
            text.append(country)
            text.append(pieces.extracting(middle))
            text.append(decimal: figures.count)
            text.append(#","throughOffset":"#)
            text.append(decimal: figures.throughOffset)
            text.append(UInt8(ascii: "}"))
        }
    }
}

extension DownloadCount.AppKey {
    /// What stands for the app in a record's key, without the commas around it.
    package var keyPart: [UInt8] {
        var writer = JSONWriter()
        writer.string(store)
        writer.stringOrNull(appID)
        writer.stringOrNull(storeAppID)
        return writer.bytes
    }

    /// What stands for the app in a record's value, without the commas around it.
    package var valuePart: [UInt8] {
        var writer = JSONWriter()
        writer.key("store")
        writer.string(store)
        writer.key("appId")
        writer.stringOrNull(appID)
        writer.key("storeAppId")
        writer.stringOrNull(storeAppID)
        return writer.bytes
    }
}

extension OutputSpan<UInt8> {
    /// Copies a text; there must be room for it.
    @inline(__always)
    fileprivate mutating func append(_ text: RawSpan) {
        precondition(text.byteCount <= freeCapacity, "no room was asked for")
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            unsafe text.withUnsafeBytes { source in
                let room = UnsafeMutableRawBufferPointer(buffer)
                unsafe UnsafeMutableRawBufferPointer(rebasing: room[count...])
                    .copyMemory(from: source)
            }
            count += text.byteCount
        }
    }

    @inline(__always)
    fileprivate mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append($0.span.bytes) }
    }

    @inline(__always)
    fileprivate mutating func append(_ country: CountryCode) {
        append(UInt8(truncatingIfNeeded: country.rawValue >> 8))
        append(UInt8(truncatingIfNeeded: country.rawValue))
    }

    @inline(__always)
    fileprivate mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        let size = number.magnitude
        guard size > 9 else { return append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: size)) }
        Decimal.withDigits(of: size) { append($0) }
    }
}
