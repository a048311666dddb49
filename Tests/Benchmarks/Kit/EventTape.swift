package import Events

/// Events of a mix one behind the other in memory, as a reader of Kafka finds them.
package struct EventTape {
    private var bytes: [UInt8] = []
    private var places: [(topic: InputTopic, range: Range<Int>)] = []

    /// Records so many events.
    package init(count: Int, seed: UInt64 = 20_210_105) {
        var mix = EventMix(count: count, seed: seed)
        while let event = mix.next() {
            places.append((event.topic, bytes.count..<bytes.count + event.json.count))
            bytes += event.json
        }
    }

    /// How many events there are.
    package var count: Int { places.count }
    /// Bytes of all of them.
    package var byteCount: Int { bytes.count }

    /// Lends an event.
    package func with<R>(_ index: Int, _ body: (InputTopic, RawSpan) -> R) -> R {
        let place = places[index]
        return unsafe body(place.topic, bytes.span.bytes.extracting(place.range))
    }
}
