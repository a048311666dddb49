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
        of request: Request, _ use: ([UInt8]) async throws -> Result
    ) async throws -> Result {
        var held = 0
        defer { budget.give(back: held) }
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        try hold(announced, &held)
        var body: [UInt8] = []
        body.reserveCapacity(announced)
        for try await chunk in request.body {
            let size = body.count + chunk.readableBytes
            if size > held { try hold(size - held, &held) }
            body.append(contentsOf: chunk.readableBytesView)
        }
        return try await use(body)
    }

    private func hold(_ count: Int, _ held: inout Int) throws(Problem) {
        guard count >= 0, held + count <= limit else {
            throw Problem(
                kind: .tooLarge, status: .contentTooLarge,
                detail: "the body has more than \(limit) bytes, the limit of one request")
        }
        guard budget.take(count) else {
            throw .unavailable(
                .overloaded, "too many bytes of other requests wait for the broker",
                retryAfter: 1)
        }
        held += count
    }
}
