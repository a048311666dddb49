import Events
import Kafka
import ServiceKit

/// The one way out: every event that leaves this service passes here.
///
/// A record's key decides its partition, its value is the event as it came in, byte for byte, and
/// its timestamp is the moment of sending, never the event's time: retention and reports by
/// arrival need the truth about arrival.
struct EventPublisher: Sendable {
    let sink: any EventSink
    let metrics: IngestMetrics

    /// The headers every record has, with those of a trace when there is one.
    static func headers(trace: TraceHeaders? = nil) -> RecordHeaders {
        var headers = RecordHeaders()
        headers.append("content-type", "application/cloudevents+json; charset=UTF-8")
        if let trace {
            headers.append("traceparent", trace.parent)
            if let state = trace.state { headers.append("tracestate", state) }
        }
        return headers
    }

    /// Queues as many events as the queue takes, from the `start`th on, without waiting.
    func send(
        _ bundle: EventBundle,
        of bytes: RawSpan,
        from start: Int = 0,
        headers: RecordHeaders
    ) -> Sending {
        let batch = sink.makeBatch(expecting: bundle.outgoing.count - start)
        let keys = unsafe bundle.keys.span.bytes
        for position in start..<bundle.outgoing.count {
            let event = bundle.outgoing[position]
            let result = batch.append(
                topic: event.topic,
                key: keys.extracting(event.key),
                value: bytes.extracting(event.value),
                headers: headers
            )
            switch result {
            case .queued: continue
            case .queueFull:
                return Sending(batch: batch, queued: start..<position, stop: .queueFull)
            case .failed(let error):
                return Sending(batch: batch, queued: start..<position, stop: .failed(error))
            }
        }
        return Sending(batch: batch, queued: start..<bundle.outgoing.count, stop: nil)
    }

    /// Sends all events of a bundle and waits for the broker's word on each.
    ///
    /// - Throws: ``PublishFailure`` if any event is not known to be stored; others may be.
    func publish(
        _ bundle: EventBundle,
        of bytes: [UInt8],
        headers: RecordHeaders
    ) async throws(PublishFailure) {
        guard !bundle.outgoing.isEmpty else { return }
        let start = ContinuousClock.now
        let sending = unsafe send(bundle, of: bytes.span.bytes, headers: headers)
        let failure = await sending.batch.outcome()
        metrics.produced(in: start.duration(to: .now))
        switch sending.stop {
        case .queueFull: throw .queueFull
        case .failed(let error): throw .kafka(error)
        case nil: break
        }
        if let failure { throw .kafka(failure.error) }
        metrics.accepted(bundle.outgoing)
    }
}

/// A batch on its way.
struct Sending {
    /// Why not everything was queued.
    enum Stop {
        case queueFull
        case failed(KafkaError)
    }

    let batch: any EventBatch
    /// The positions in the bundle that were queued.
    let queued: Range<Int>
    let stop: Stop?
}

/// Why events are not known to be stored.
enum PublishFailure: Error, Equatable {
    case queueFull
    case kafka(KafkaError)
}
