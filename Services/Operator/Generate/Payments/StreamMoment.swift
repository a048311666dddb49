import Events

/// An instant of the stream.
struct StreamMoment: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// Milliseconds since 2020-01-01T00:00Z.
    let milliseconds: Int

    init(_ hour: StreamHour, millisecond: Int) {
        milliseconds = hour.index * StreamHour.milliseconds + millisecond
    }

    private init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    func advanced(bySeconds seconds: Int) -> StreamMoment {
        StreamMoment(milliseconds: milliseconds + seconds * 1000)
    }

    var hour: StreamHour { StreamHour(index: milliseconds / StreamHour.milliseconds) }
    var millisecondOfHour: Int { milliseconds % StreamHour.milliseconds }
    var timestamp: Timestamp {
        let start = StreamHour.date(ofDay: 0).start.microseconds
        return Timestamp(microseconds: start + Int64(milliseconds) * 1000)
    }
    /// Whether the stream has not ended yet.
    var isInStream: Bool { milliseconds < StreamHour.count * StreamHour.milliseconds }

    static func < (left: StreamMoment, right: StreamMoment) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// Any moment, at night less often than by day.
    static func draw(_ random: inout SplitMix64) -> StreamMoment {
        let day = random.below(StreamHour.count / 24)
        let hour = StreamHour(day: day, hour: hours.draw(&random))
        return StreamMoment(hour, millisecond: random.below(StreamHour.milliseconds))
    }

    private static let hours = WeightedChoice<Int>(
        (0..<24).map { ($0, $0 < 6 ? 2 : $0 < 10 ? 5 : 8) }
    )
}
