public import Hummingbird

/// Asks for a bearer token on every path but the probes, which orchestrators call without one.
///
/// 401 without a token, 403 with another one; the time of the comparison tells nothing.
public struct BearerMiddleware<Context: RequestContext>: RouterMiddleware {
    private let token: Secret
    private let realm: String
    private static var probes: Set<String> { ["/livez", "/healthz", "/readyz"] }

    /// - Parameters:
    ///   - token: what callers must send as `Authorization: Bearer …`.
    ///   - realm: the service's name, shown to callers without a token.
    public init(token: Secret, realm: String) {
        self.token = token
        self.realm = realm
    }

    /// Lets a request through, or refuses it.
    @concurrent public func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !Self.probes.contains(request.uri.path) else {
            return try await next(request, context)
        }
        let parts = request.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            return Response(
                status: .unauthorized,
                headers: [.wwwAuthenticate: #"Bearer realm="\#(realm)""#]
            )
        }
        guard token.matches(parts[1].utf8) else { return Response(status: .forbidden) }
        return try await next(request, context)
    }
}
