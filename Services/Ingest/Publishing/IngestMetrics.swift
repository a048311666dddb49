import CoreMetrics
import Events
import ServiceKit

/// The figures of the service, made once; recording is cheap enough for every request.
struct IngestMetrics: Sendable {
    /// Requests that are being read or wait for the broker.
    let requestsInFlight: Meter
    /// Bytes of those requests.
    let bytesInFlight: Meter
    private let acceptedByTopic: [Counter]
    private let rejectedByReason: [Rejection.Reason: Counter]
    private let produceTimer: Timer
    private let receivedBytes: Counter
    private let requestTimer: Timer
    private let registry: PrometheusRegistry

    init(_ registry: PrometheusRegistry) {
        self.registry = registry
        for (name, help) in Self.descriptions { registry.describe(name, help) }
        acceptedByTopic = InputTopic.allCases.map {
            registry.counter("cordon_ingest_events_accepted_total", [("topic", $0.name)])
        }
        rejectedByReason = Dictionary(
            uniqueKeysWithValues: Rejection.Reason.allCases.map { reason in
                let labels = [("reason", reason.rawValue)]
                return (reason, registry.counter("cordon_ingest_events_rejected_total", labels))
            }
        )
        produceTimer = registry.timer("cordon_ingest_produce_duration_seconds")
        receivedBytes = registry.counter("cordon_ingest_received_bytes_total")
        requestTimer = registry.timer("cordon_ingest_http_request_duration_seconds")
        requestsInFlight = registry.meter("cordon_ingest_http_requests_in_flight")
        bytesInFlight = registry.meter("cordon_ingest_http_in_flight_bytes")
    }

    private static let descriptions = [
        ("cordon_ingest_events_accepted_total", "Events the broker acknowledged."),
        ("cordon_ingest_events_rejected_total", "Events that break the contract."),
        ("cordon_ingest_http_requests_total", "Requests answered, by route and status."),
        ("cordon_ingest_received_bytes_total", "Bytes of request bodies read."),
        ("cordon_ingest_http_requests_in_flight", "Requests being read or awaiting the broker."),
        ("cordon_ingest_http_in_flight_bytes", "Bytes of the requests in flight."),
        (
            "cordon_ingest_produce_duration_seconds",
            "From queueing a request's events to the last acknowledgement."
        ),
        ("cordon_ingest_http_request_duration_seconds", "From a request's head to its answer."),
    ]

    func accepted(_ events: [EventBundle.Outgoing]) {
        for topic in InputTopic.allCases {
            let count = events.count { $0.topic == topic }
            if count > 0 { acceptedByTopic[Int(topic.rawValue)].increment(by: count) }
        }
    }

    func rejected(_ events: [EventBundle.Refused]) {
        for event in events { rejectedByReason[event.rejection.reason]?.increment() }
    }

    func produced(in duration: Duration) {
        produceTimer.recordNanoseconds(duration.nanoseconds)
    }

    func received(bytes: Int) {
        receivedBytes.increment(by: bytes)
    }

    /// Counts an answer; routes are templates of the service's own, statuses are few.
    func answered(route: String, status: Int, in duration: Duration) {
        let labels = [("route", route), ("status", String(status))]
        registry.counter("cordon_ingest_http_requests_total", labels).increment()
        requestTimer.recordNanoseconds(duration.nanoseconds)
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { Int64(self / .nanoseconds(1)) }
}
