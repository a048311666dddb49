public import Hummingbird

/// Adds what an orchestrator and a monitoring system ask for: `GET /livez`, `/readyz` and
/// `/metrics`, and `/healthz` as another name of `/livez`.
///
/// `/livez` is 200 as long as the process answers. `/readyz` is 200 or 503, both with a JSON body
/// of `status` and the unmet conditions with their reasons.
public func addOperationsRoutes<Context: RequestContext>(
    to router: some RouterMethods<Context>,
    readiness: Readiness,
    registry: PrometheusRegistry
) {
    let alive: @Sendable (Request, Context) -> Response = { _, _ in
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: "alive\n"))
        )
    }
    router.get("/livez", use: alive)
    router.get("/healthz", use: alive)
    router.get("/readyz") { _, _ in readinessResponse(readiness) }
    router.get("/metrics") { _, _ in
        Response(
            status: .ok,
            headers: [.contentType: PrometheusRegistry.contentType],
            body: .init(byteBuffer: ByteBuffer(string: registry.exposition()))
        )
    }
}

func readinessResponse(_ readiness: Readiness) -> Response {
    let problems = readiness.problems
    let members = problems.map { "\(jsonText($0.condition)):\(jsonText($0.reason))" }
    let status = problems.isEmpty ? "ready" : "unready"
    let body = #"{"status":"\#(status)","unmet":{\#(members.joined(separator: ","))}}"# + "\n"
    return Response(
        status: problems.isEmpty ? .ok : .serviceUnavailable,
        headers: [.contentType: "application/json", .cacheControl: "no-store"],
        body: .init(byteBuffer: ByteBuffer(string: body))
    )
}
