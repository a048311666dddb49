package import Events

extension ScreeningPipeline {
    /// How the record carries its event, by the CloudEvents binding for Kafka.
    package func contentMode(_ headers: HeaderSource) -> ContentMode {
        var hasAttributes = false
        headers { name, _ in hasAttributes = hasAttributes || name.starts(with: "ce_") }
        var mode = ContentMode.of(contentType: nil, hasCloudEventsHeaders: hasAttributes)
        headers { name, value in
            guard name.equals("content-type") else { return }
            mode = .of(contentType: value, hasCloudEventsHeaders: hasAttributes)
        }
        return mode
    }

    /// Writes a binary-mode record as a structured event.
    package mutating func convert(
        _ value: RawSpan,
        headers: HeaderSource,
        into structured: inout [UInt8]
    ) throws(DeadLetterWriter.Refusal) {
        structured.removeAll(keepingCapacity: true)
        binaryMode.begin()
        var contentType: [UInt8]?
        headers { name, value in
            if name.starts(with: "ce_") {
                binaryMode.attribute(name.extracting(3..<name.byteCount), value)
            } else if name.equals("content-type") {
                contentType = value.copied
            }
        }
        do {
            if let contentType {
                unsafe try binaryMode.finish(
                    contentType: contentType.span.bytes,
                    data: value,
                    into: &structured
                )
            } else {
                try binaryMode.finish(contentType: nil, data: value, into: &structured)
            }
        } catch {
            throw DeadLetterWriter.Refusal(rejection: error, stage: .decode)
        }
    }

    /// The record's headers, for a dead letter.
    package func copied(_ headers: HeaderSource) -> [OutputHeader] {
        var copies: [OutputHeader] = []
        headers { name, value in
            copies.append(OutputHeader(String(utf8Bytes: name), value.copied))
        }
        return copies
    }

    /// The headers that a flag hands on: the trace its event belongs to.
    package func traceHeaders(_ headers: HeaderSource) -> [OutputHeader] {
        var traces: [OutputHeader] = []
        headers { name, value in
            if name.equals("traceparent") || name.equals("tracestate") {
                traces.append(OutputHeader(String(utf8Bytes: name), value.copied))
            }
        }
        return traces
    }
}

extension RawSpan {
    fileprivate func starts(with prefix: StaticString) -> Bool {
        byteCount >= prefix.utf8CodeUnitCount
            && extracting(first: prefix.utf8CodeUnitCount).equals(prefix)
    }

    fileprivate func equals(_ text: StaticString) -> Bool {
        guard byteCount == text.utf8CodeUnitCount else { return false }
        for index in 0..<byteCount {
            let byte = unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self)
            guard unsafe byte == text.utf8Start[index] else { return false }
        }
        return true
    }

    /// A copy of the bytes.
    package var copied: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}
