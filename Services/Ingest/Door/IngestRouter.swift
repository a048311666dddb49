import Hummingbird
import ServiceKit

/// The paths of the service.
enum IngestRouter {
    /// The methods each path takes; `HEAD` goes wherever `GET` goes.
    static let methods: [String: [HTTPRequest.Method]] = [
        "/v1/events": [.post],
        "/v1/rules": [.get, .head],
        "/openapi.json": [.get, .head],
        "/livez": [.get, .head],
        "/healthz": [.get, .head],
        "/readyz": [.get, .head],
        "/metrics": [.get, .head],
    ]

    /// All routes, with errors made problems.
    static func make(
        door: EventsDoor,
        rules: RulesFollower,
        readiness: Readiness,
        registry: PrometheusRegistry
    ) -> Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: ProblemMiddleware(metrics: door.publisher.metrics, methods: methods)
        )
        router.post("/v1/events") { request, context in
            try await door.answer(request, logger: context.logger)
        }
        router.get("/v1/rules") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: rules.summary))
            )
        }
        router.get("/openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: OpenAPIDocument.text))
            )
        }
        addOperationsRoutes(to: router, readiness: readiness, registry: registry)
        return router
    }
}
