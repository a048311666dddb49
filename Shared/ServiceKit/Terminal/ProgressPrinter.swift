/// Shows progress on standard error: one line drawn over and over on a terminal, else a line now
/// and then.
public struct ProgressPrinter {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var next: ContinuousClock.Instant
    private let interval: Duration
    private let isTerminal: Bool
    private var isDrawn = false

    /// Begins a job now.
    ///
    /// - Parameter interval: between lines where standard error is not a terminal.
    public init(interval: Duration = .seconds(5)) {
        isTerminal = Terminal.isTerminal(.error)
        self.interval = isTerminal ? .milliseconds(200) : interval
        start = clock.now
        next = start + self.interval
    }

    /// How long the job has been running.
    public var elapsed: Duration { start.duration(to: clock.now) }

    /// Shows a line if it is time for one; cheap enough to be called for each block of work.
    public mutating func show(_ line: (Duration) -> ProgressLine) {
        let now = clock.now
        guard now >= next else { return }
        next = now + interval
        draw(line(start.duration(to: now)).text)
    }

    /// Takes the drawn line away, so that what follows begins on a clean one.
    public mutating func clear() {
        guard isDrawn else { return }
        isDrawn = false
        Terminal.writeError("\r\u{1B}[K")
    }

    private mutating func draw(_ text: String) {
        guard isTerminal else { return Terminal.writeError(text + "\n") }
        let width = Terminal.width(.error) ?? 80
        isDrawn = true
        Terminal.writeError("\r\u{1B}[K" + text.prefix(width - 1))
    }
}
