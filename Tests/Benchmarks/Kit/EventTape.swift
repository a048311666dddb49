package import Events

/// Events of a mix one behind the other in memory, as a reader of Kafka finds them.
package struct EventTape {
    private var bytes: [UInt8] = []
    private var places: [(topic: InputTopic, range: Range<Int>)] = []

    /// Records the first events of a mix that has as many in all; a mix has the same two years
    /// whatever its size, so that a larger one has more events a day.
    package init(count: Int, outOf all: Int = 1_000_000, seed: UInt64 = 20_210_105) {
        var mix = EventMix(count: all, seed: seed)
        while places.count < count, let event = mix.next() {
            places.append((event.topic, bytes.count..<bytes.count + event.json.count))
            bytes += event.json
        }
    }

    /// How many events there are.
    package var count: Int { places.count }

    /// Lends an event.
    package func with<R>(_ index: Int, _ body: (InputTopic, RawSpan) -> R) -> R {
        let place = places[index]
        return unsafe body(place.topic, bytes.span.bytes.extracting(place.range))
    }
}
