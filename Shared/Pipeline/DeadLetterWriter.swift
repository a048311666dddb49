internal import Crypto
internal import Events

/// Turns a record that cannot be screened into a dead letter that a transaction can always carry.
package struct DeadLetterWriter {
    /// Why a record is refused, and at which step.
    package struct Refusal: Error {
        let rejection: Rejection
        let stage: DeadLetter.Stage
    }

    /// The record's own headers larger than this in sum are left behind with the cut-off rest.
    private static let headerByteLimit = EventLimits.deadLetterHeadByteLimit
    private static let headByteLimit = EventLimits.deadLetterHeadByteLimit

    /// The refused record.
    package let record: InputRecord
    /// Where it was read.
    package let partition: InputPartition

    /// Appends the refused record.
    ///
    /// Key, value and headers go along unchanged. If they are too large together for one record,
    /// the value's head goes, with the whole value's size and hash in headers.
    package func append(
        _ refusal: Refusal,
        key: RawSpan,
        value: RawSpan,
        headers originals: [OutputHeader],
        to output: inout OutputBuffer
    ) {
        var headers = [
            OutputHeader(DeadLetter.Header.reason, refusal.rejection.reason.rawValue),
            OutputHeader(DeadLetter.Header.pointer, refusal.rejection.pointer),
            OutputHeader(DeadLetter.Header.message, refusal.rejection.detail),
            OutputHeader(DeadLetter.Header.stage, refusal.stage.rawValue),
            OutputHeader(DeadLetter.Header.topic, partition.topic),
            OutputHeader(DeadLetter.Header.partition, String(partition.partition)),
            OutputHeader(DeadLetter.Header.offset, String(record.offset)),
        ]
        let headerBytes = originals.reduce(0) { $0 + $1.name.utf8.count + $1.value.count }
        let total = key.byteCount + value.byteCount + headerBytes
        guard total > EventLimits.deadLetterCarryByteLimit else {
            output.append(
                to: .deadLetters,
                headers: originals + headers,
                rawKey: record.hasKey ? key : nil,
                rawValue: record.hasValue ? value : nil
            )
            return
        }
        headers.append(OutputHeader(DeadLetter.Header.originalSize, String(value.byteCount)))
        headers.append(OutputHeader(DeadLetter.Header.originalSHA256, Self.hash(of: value)))
        let kept = headerBytes <= Self.headerByteLimit ? originals : []
        output.append(
            to: .deadLetters,
            headers: kept + headers,
            rawKey: record.hasKey ? key.extracting(first: Self.headByteLimit) : nil,
            rawValue: record.hasValue ? value.extracting(first: Self.headByteLimit) : nil
        )
    }

    /// Appends the record of a gap: offsets that retention removed before they were read.
    package static func appendGap(
        of lost: Range<Int64>,
        in partition: InputPartition,
        to output: inout OutputBuffer
    ) {
        let headers = [
            OutputHeader(DeadLetter.Header.reason, DeadLetter.expiredReason),
            OutputHeader(
                DeadLetter.Header.message,
                "retention removed offsets \(lost.lowerBound) to \(lost.upperBound - 1) unread"
            ),
            OutputHeader(DeadLetter.Header.stage, DeadLetter.Stage.consume.rawValue),
            OutputHeader(DeadLetter.Header.topic, partition.topic),
            OutputHeader(DeadLetter.Header.partition, String(partition.partition)),
            OutputHeader(DeadLetter.Header.offset, String(lost.lowerBound)),
            OutputHeader(DeadLetter.Header.endOffset, String(lost.upperBound)),
        ]
        output.append(to: .deadLetters, headers: headers, rawKey: nil, rawValue: nil)
    }

    private static func hash(of bytes: RawSpan) -> String {
        var hash = SHA256()
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return hash.finalize().hexadecimal
    }
}
