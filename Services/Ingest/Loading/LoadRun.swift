import Events
import Kafka
import ServiceKit

/// How a load is to go.
struct LoadOptions: Sendable {
    /// Files, or `-` for standard input.
    var paths: [String]
    /// Where rejected records are kept, nil for nowhere.
    var rejectsPath: String?
    /// Events a second at most, nil for as many as possible.
    var throttle: Int?
}

/// One load from its first byte to its last acknowledgement; owned by one task.
final class LoadRun {
    /// Events that may wait for the broker; a few times what it takes at once.
    private static let inFlightLimit = 200_000

    private(set) var summary = LoadSummary()
    private let publisher: EventPublisher?
    private let options: LoadOptions
    private let stop: StopFlag
    private let sources: [BlockReader]
    private let rejects: RejectsFile?
    private let headers = EventPublisher.headers()
    private let total: Int64?
    private var intake = EventIntake()
    private var bundle = EventBundle()
    private var waiting: [Sending] = []
    private var waitingCount = 0
    private var progress = ProgressPrinter()
    private var pace: Pace?

    /// Opens all files, so that a wrong name shows before anything is sent.
    ///
    /// - Parameter publisher: nil only validates.
    init(
        _ options: LoadOptions,
        publisher: EventPublisher?,
        stop: StopFlag
    ) throws(ToolFailure) {
        self.options = options
        self.publisher = publisher
        self.stop = stop
        var sources: [BlockReader] = []
        for path in options.paths { sources.append(try BlockReader(path, stop: stop)) }
        self.sources = sources
        let sizes = sources.compactMap(\.size)
        total = sizes.count == sources.count ? sizes.reduce(0, +) : nil
        rejects = try options.rejectsPath.map { path throws(ToolFailure) in
            try RejectsFile(path)
        }
        pace = options.throttle.map { Pace(eventsPerSecond: $0) }
        summary.isDryRun = publisher == nil
    }

    /// Loads everything, or until the stop flag goes up; then waits for what was sent.
    ///
    /// - Throws: ``ToolFailure`` when a file cannot be read or the broker fails; the summary then
    ///   says how far it came.
    func run() async throws(ToolFailure) {
        progress = ProgressPrinter()
        var failure: ToolFailure?
        do {
            for source in sources where !stop.isRaised { try await load(source) }
        } catch {
            failure = error
        }
        while !waiting.isEmpty {
            do { try await settleOldest() } catch { failure = failure ?? error }
        }
        summary.isStopped = stop.isRaised
        summary.elapsed = progress.elapsed
        progress.clear()
        try rejects?.flush()
        if let failure { throw failure }
    }

    private func load(_ source: BlockReader) async throws(ToolFailure) {
        var splitter = LineSplitter()
        var rest: [UInt8] = []
        while true {
            let block = try await source.block(after: rest)
            if stop.isRaised { return }
            let isLast = block.count == rest.count
            var offset = 0
            while let end = try collect(block, from: offset, &splitter, isLast, source.name) {
                summary.bytes += Int64(end - offset)
                offset = end
                try await sendBundle(of: block)
                show()
                if stop.isRaised { return }
            }
            if isLast { return }
            rest = Array(block[offset...])
        }
    }

    /// Fills the bundle with the next lines of a block; nil when there is no complete line left.
    private func collect(
        _ block: [UInt8],
        from start: Int,
        _ splitter: inout LineSplitter,
        _ isLast: Bool,
        _ name: String
    ) throws(ToolFailure) -> Int? {
        bundle.removeAll()
        let bytes = unsafe block.span.bytes
        let limit = pace?.step ?? .max
        var offset = start
        while bundle.count < limit,
            let line = splitter.next(
                in: bytes.extracting(offset..<bytes.byteCount),
                isLast: isLast
            )
        {
            if !line.isBlank {
                take(line, at: offset, of: bytes)
                try noteReject(line, of: bytes, name)
            }
            offset += line.consumed
        }
        return offset > start ? offset : nil
    }

    private func take(_ line: Line, at offset: Int, of bytes: RawSpan) {
        summary.read += 1
        let place = line.place.lowerBound + offset..<line.place.upperBound + offset
        guard line.isTooLong else {
            return intake.take(place, of: bytes, index: 0, into: &bundle)
        }
        let limit = EventLimits.eventByteLimit
        let rejection = Rejection(
            reason: .tooLarge,
            pointer: "",
            detail: "the line has more than \(limit) bytes"
        )
        bundle.refused.append(
            EventBundle.Refused(index: 0, place: place, rejection: rejection)
        )
    }

    /// Counts and keeps the event that the last line gave, if it was refused.
    private func noteReject(
        _ line: Line,
        of bytes: RawSpan,
        _ name: String
    ) throws(ToolFailure) {
        guard let refused = bundle.refused.popLast() else { return }
        summary.rejected[refused.rejection.reason, default: 0] += 1
        try rejects?.add(
            file: name,
            line: line.number,
            rejection: refused.rejection,
            record: bytes.extracting(refused.place)
        )
    }

    private func show() {
        let line = ProgressLine(
            done: summary.bytes,
            total: total,
            items: summary.read,
            noun: "events",
            elapsed: .zero
        )
        progress.show { elapsed in
            var line = line
            line.elapsed = elapsed
            return line
        }
    }
}

extension LoadRun {
    private func sendBundle(of block: [UInt8]) async throws(ToolFailure) {
        guard let publisher else {
            summary.accepted += Int64(bundle.outgoing.count)
            return
        }
        await pace?.wait(for: bundle.outgoing.count)
        var start = 0
        while start < bundle.outgoing.count {
            let sending = unsafe publisher.send(
                bundle,
                of: block.span.bytes,
                from: start,
                headers: headers
            )
            start = sending.queued.upperBound
            waiting.append(sending)
            waitingCount += sending.queued.count
            switch sending.stop {
            case nil: break
            case .failed(let error): throw ToolFailure("an event was not sent: \(error.reason)")
            case .queueFull: try await makeRoom()
            }
            while waitingCount > Self.inFlightLimit { try await settleOldest() }
        }
    }

    /// Waits until the queue has sent something out.
    private func makeRoom() async throws(ToolFailure) {
        // With nothing of our own on its way, the broker's answers are all there is to wait for.
        if waitingCount == 0 { try? await ContinuousClock().sleep(for: .milliseconds(10)) }
        try await settleOldest()
    }

    private func settleOldest() async throws(ToolFailure) {
        let sending = waiting.removeFirst()
        let failure = await sending.batch.outcome()
        waitingCount -= sending.queued.count
        summary.accepted += Int64(sending.queued.count - (failure?.count ?? 0))
        guard let failure else { return }
        summary.unacknowledged += Int64(failure.count)
        throw ToolFailure("the broker did not acknowledge every event: \(failure.error.reason)")
    }
}

/// Keeps a load at a rate.
struct Pace {
    /// Events to take at once: a twentieth of a second's.
    let step: Int
    private let interval: Duration
    private var due = ContinuousClock.now

    init(eventsPerSecond: Int) {
        step = max(1, eventsPerSecond / 20)
        interval = .seconds(1) / eventsPerSecond
    }

    /// Waits until so many events may go.
    mutating func wait(for count: Int) async {
        try? await ContinuousClock().sleep(until: due)
        due = max(due, .now) + interval * count
    }
}
