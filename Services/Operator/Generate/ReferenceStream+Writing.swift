extension ReferenceStream {
    /// Bytes that are gathered before they are handed on.
    private static let chunkByteCount = 1 << 20

    /// Writes the records as lines in the order of time, in chunks of about 1 MiB.
    ///
    /// A repeat follows its original before any later time. Stops at the first error of `accept`.
    func write(_ accept: ([UInt8]) throws -> Void) rethrows {
        var lines = LineWriter(stream: self)
        var agenda = HourAgenda(stream: self)
        lines.bytes.reserveCapacity(Self.chunkByteCount + 65_536)
        for index in 0..<StreamHour.count {
            let hour = StreamHour(index: index)
            agenda.gather(hour)
            lines.begin(hour)
            for entry in agenda.entries {
                lines.append(entry)
                guard lines.bytes.count >= Self.chunkByteCount else { continue }
                try accept(lines.bytes)
                lines.bytes.removeAll(keepingCapacity: true)
            }
        }
        if !lines.bytes.isEmpty { try accept(lines.bytes) }
    }
}
