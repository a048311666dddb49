import Hummingbird
import Logging
import ServiceKit

/// Makes every error an `application/problem+json` and counts every answer.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let metrics: IngestMetrics
    /// The methods each path takes.
    let methods: [String: [HTTPRequest.Method]]

    @concurrent func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch let problem as Problem {
            response = problem.response
        } catch let error as any HTTPResponseError {
            response = answer(error.status, request).response
        } catch {
            context.logger.error("a request failed", metadata: ["error": "\(error)"])
            response = Self.unexpected(.internalServerError).response
        }
        let route = methods[request.uri.path] == nil ? "other" : request.uri.path
        metrics.answered(
            route: route,
            status: response.status.code,
            in: start.duration(to: .now)
        )
        return response
    }

    private func answer(_ status: HTTPResponse.Status, _ request: Request) -> Problem {
        guard status == .notFound else { return Self.unexpected(status) }
        let path = request.uri.path
        guard let allowed = methods[path] else {
            return Problem(
                kind: .notFound,
                status: .notFound,
                detail: "events go to /v1/events; /openapi.json describes the rest"
            )
        }
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        return Problem(
            kind: .methodNotAllowed,
            status: .methodNotAllowed,
            detail: "\(path) takes \(list)",
            headers: [.allow: list]
        )
    }

    private static func unexpected(_ status: HTTPResponse.Status) -> Problem {
        Problem(kind: .other, status: status, detail: status.reasonPhrase)
    }
}
