import CoreMetrics
import Events
import Hummingbird
import Kafka
import Logging
import ServiceKit

/// `POST /v1/events`: reads events in any of the four forms, publishes them, and answers only
/// after the broker has acknowledged them.
struct EventsDoor: Sendable {
    /// The condition of ``Readiness`` that says whether the broker can be written to.
    static let sinkCondition = "kafka"

    let publisher: EventPublisher
    let readiness: Readiness
    let bodies: BodyReader
    /// The bearer token; nil lets everybody in.
    let token: Secret?
    /// Events of one request.
    let eventLimit: Int

    private var metrics: IngestMetrics { publisher.metrics }

    /// Answers one request.
    ///
    /// - Throws: ``Problem``, or the error of a connection that broke.
    func answer(_ request: Request, logger: Logger) async throws -> Response {
        try checkToken(request.headers)
        let form = try EventForm.of(request.headers)
        guard readiness.isMet(Self.sinkCondition) else {
            throw Problem.unavailable(
                .unavailable,
                "the broker cannot be written to now",
                retryAfter: 5
            )
        }
        metrics.requestsInFlight.increment()
        defer {
            metrics.requestsInFlight.decrement()
            metrics.bytesInFlight.set(Int64(bodies.budget.inUse))
        }
        return try await bodies.withBody(of: request) { body in
            metrics.received(bytes: body.count)
            metrics.bytesInFlight.set(Int64(bodies.budget.inUse))
            return try await publish(body, as: form, request, logger)
        }
    }

    private func publish(
        _ body: [UInt8],
        as form: EventForm,
        _ request: Request,
        _ logger: Logger
    ) async throws(Problem) -> Response {
        let bytes = form == .binary ? try structured(request.headers, body) : body
        let bundle: EventBundle
        do {
            bundle = try EventBundle.read(bytes, as: form, eventLimit: eventLimit)
        } catch {
            metrics.rejected(error.refused)
            throw error.problem
        }
        metrics.rejected(bundle.refused)
        let trace = TraceHeaders(
            parent: request.headers.text("traceparent"),
            state: request.headers.text("tracestate")
        )
        do {
            try await publisher.publish(
                bundle,
                of: bytes,
                headers: EventPublisher.headers(trace: trace)
            )
        } catch {
            logger.warning("events were not stored", metadata: ["error": "\(error)"])
            throw Self.problem(error)
        }
        return IntakeReport(bundle, of: bytes).response
    }

    private func structured(
        _ headers: HTTPFields,
        _ body: [UInt8]
    ) throws(Problem) -> [UInt8] {
        do {
            return try BinaryHeaders.structured(headers, data: body)
        } catch {
            metrics.rejected([EventBundle.Refused(index: 0, place: 0..<0, rejection: error)])
            throw Unreadable.problem(forSingle: error)
        }
    }

    private func checkToken(_ headers: HTTPFields) throws(Problem) {
        guard let token else { return }
        let parts = headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem(
                kind: .unauthenticated,
                status: .unauthorized,
                detail: "send the token as Authorization: Bearer …",
                headers: [.wwwAuthenticate: #"Bearer realm="cordon-ingest""#]
            )
        }
        guard token.matches(parts[1].utf8) else {
            throw Problem(
                kind: .forbidden,
                status: .forbidden,
                detail: "another token is expected"
            )
        }
    }

    private static func problem(_ failure: PublishFailure) -> Problem {
        switch failure {
        case .queueFull:
            .unavailable(.overloaded, "the queue to the broker is full", retryAfter: 1)
        case .kafka(let error):
            .unavailable(
                .unavailable,
                "the broker did not acknowledge every event: \(error.reason)",
                retryAfter: 5
            )
        }
    }
}

extension HTTPFields {
    /// The header of that name, for names that HTTP itself does not know.
    fileprivate func text(_ name: String) -> String? {
        FieldName(name).flatMap { self[$0] }
    }
}
