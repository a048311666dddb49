import Hummingbird
import Synchronization

/// The memory all requests together may hold.
final class ByteBudget: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Bytes held now.
    var inUse: Int { used.load(ordering: .relaxed) }

    /// Takes bytes, or none and false if they would pass the limit.
    func take(_ count: Int) -> Bool {
        let (_, total) = used.add(count, ordering: .relaxed)
        guard total > limit else { return true }
        used.subtract(count, ordering: .relaxed)
        return false
    }

    func give(back count: Int) {
        used.subtract(count, ordering: .relaxed)
    }
}

/// Reads request bodies within limits.
struct BodyReader: Sendable {
    /// The largest body.
    let limit: Int
    let budget: ByteBudget

    /// Lends a request's body, which stays within the budget until `use` returns.
    ///
    /// - Throws: a 413 for a body over the limit, a 503 when all requests together hold too much.
    func withBody<Result>(
        of request: Request,
        _ use: ([UInt8]) async throws -> Result
    ) async throws -> Result {
        var held = 0
        defer { budget.give(back: held) }
        // Memory is held as bytes arrive: an announcement alone costs its sender nothing.
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        try check(announced)
        let body = try await read(request, &held)
        return try await use(body)
    }

    private func read(
        _ request: Request,
        _ held: inout Int
    ) async throws(Problem) -> [UInt8] {
        var body: [UInt8] = []
        do {
            for try await chunk in request.body {
                try hold(chunk.readableBytes, &held)
                body.append(contentsOf: chunk.readableBytesView)
            }
        } catch {
            if let problem = error as? Problem { throw problem }
            // The client went away or broke off; whoever still listens may as well hear of it.
            throw Problem(
                kind: .malformed,
                status: .badRequest,
                detail: "the body ended too early"
            )
        }
        return body
    }

    private func hold(_ count: Int, _ held: inout Int) throws(Problem) {
        try check(held + count)
        guard budget.take(count) else {
            throw .unavailable(
                .overloaded,
                "too many bytes of other requests wait for the broker",
                retryAfter: 1
            )
        }
        held += count
    }

    private func check(_ size: Int) throws(Problem) {
        guard size > limit else { return }
        throw Problem(
            kind: .tooLarge,
            status: .contentTooLarge,
            detail: "the body has more than \(limit) bytes, the limit of one request"
        )
    }
}
