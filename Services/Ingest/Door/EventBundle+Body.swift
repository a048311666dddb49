import Events
import Hummingbird

/// A body from which no events can be taken at all, and the answer to it.
struct Unreadable: Error, Equatable {
    var problem: Problem
    /// What to count it as.
    var refused: [EventBundle.Refused] = []

    /// The answer to a request for one event, given what is wrong with the event; nil when it
    /// could be read and broke the contract.
    static func answer(forSingle rejection: Rejection) -> Problem? {
        switch rejection.reason {
        case .empty, .invalidJSON, .invalidUTF8: .malformed(rejection)
        case .tooLarge:
            Problem(
                kind: .tooLarge,
                status: .contentTooLarge,
                detail: rejection.detail,
                errors: [rejection]
            )
        case .unsupportedContentType:
            Problem(
                kind: .unsupportedMediaType,
                status: .unsupportedMediaType,
                detail: rejection.detail,
                errors: [rejection]
            )
        default: nil
        }
    }

    /// The answer to data that could not be made an event.
    static func problem(forSingle rejection: Rejection) -> Problem {
        answer(forSingle: rejection) ?? .malformed(rejection)
    }
}

extension EventBundle {
    /// Reads all events of a request's body.
    ///
    /// - Parameters:
    ///   - form: binary events must have been made structured ones before.
    ///   - eventLimit: the most events, good or bad, that one request may have.
    /// - Throws: ``Unreadable`` when the body as a whole is not what its form says.
    static func read(
        _ bytes: [UInt8],
        as form: EventForm,
        eventLimit: Int
    ) throws(Unreadable) -> EventBundle {
        var bundle = EventBundle()
        var intake = EventIntake()
        let span = unsafe bytes.span.bytes
        switch form {
        case .structured, .binary:
            intake.take(0..<bytes.count, of: span, index: 0, into: &bundle)
            if let refused = bundle.refused.first,
                let problem = Unreadable.answer(forSingle: refused.rejection)
            {
                throw Unreadable(problem: problem, refused: [refused])
            }
        case .batch:
            let slices = try slices(of: span)
            try check(slices.count, against: eventLimit)
            for (index, slice) in slices.enumerated() {
                intake.take(slice, of: span, index: index, into: &bundle)
            }
            try checkBatch(bundle)
        case .lines:
            try takeLines(span, &intake, into: &bundle, eventLimit: eventLimit)
        }
        return bundle
    }

    private static func slices(of bytes: RawSpan) throws(Unreadable) -> [Range<Int>] {
        do {
            return try BatchSlicer.slices(of: bytes)
        } catch {
            throw Unreadable(
                problem: .malformed(error),
                refused: [Refused(index: 0, place: 0..<0, rejection: error)]
            )
        }
    }

    /// An element that is not JSON makes the array none.
    private static func checkBatch(_ bundle: EventBundle) throws(Unreadable) {
        let broken = bundle.refused.first {
            $0.rejection.reason == .invalidJSON || $0.rejection.reason == .invalidUTF8
        }
        guard var broken else { return }
        broken.rejection.pointer = "/\(broken.index)" + broken.rejection.pointer
        throw Unreadable(problem: .malformed(broken.rejection), refused: [broken])
    }

    private static func takeLines(
        _ bytes: RawSpan,
        _ intake: inout EventIntake,
        into bundle: inout EventBundle,
        eventLimit: Int
    ) throws(Unreadable) {
        var splitter = LineSplitter()
        var rest = bytes
        var offset = 0
        while let line = splitter.next(in: rest, isLast: true) {
            if !line.isBlank {
                try check(bundle.count + 1, against: eventLimit)
                let place = line.place.lowerBound + offset..<line.place.upperBound + offset
                intake.take(place, of: bytes, index: bundle.count, into: &bundle)
            }
            offset += line.consumed
            rest = bytes.extracting(offset..<bytes.byteCount)
        }
    }

    private static func check(_ count: Int, against limit: Int) throws(Unreadable) {
        guard count > limit else { return }
        throw Unreadable(
            problem: Problem(
                kind: .tooLarge,
                status: .contentTooLarge,
                detail: "the request has more than \(limit) events, the limit of one request"
            )
        )
    }
}
