import CoreMetrics
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ServiceKit

@Suite struct OperationsRoutesTests {
    private let readiness = Readiness()
    private let registry = PrometheusRegistry()

    private var application: some ApplicationProtocol {
        let router = Router()
        addOperationsRoutes(to: router, readiness: readiness, registry: registry)
        return Application(router: router)
    }

    @Test(.timeLimit(.minutes(1)))
    func `readiness follows its conditions and names the reasons`() async throws {
        readiness.unmet("kafka", because: #"no "leader""#)
        readiness.unmet("assignment", because: "none yet")
        try await application.test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(
                    String(buffer: response.body)
                        == #"{"status":"unready","unmet":{"assignment":"none yet","#
                        + #""kafka":"no \"leader\""}}"# + "\n"
                )
            }
            readiness.met("kafka")
            #expect(readiness.isMet("kafka"))
            #expect(!readiness.isReady)
            readiness.met("assignment")
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == #"{"status":"ready","unmet":{}}"# + "\n")
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["/livez", "/healthz"])
    func `the process is alive though it is not ready`(path: String) async throws {
        readiness.unmet("kafka", because: "away")
        try await application.test(.router) { client in
            try await client.execute(uri: path, method: .get) { response in
                #expect(response.status == .ok)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `metrics are served in Prometheus' text format`() async throws {
        registry.counter("a_total").increment()
        try await application.test(.router) { client in
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(
                    response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8"
                )
                #expect(String(buffer: response.body) == "# TYPE a_total counter\na_total 1\n")
            }
        }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("localhost", true),
        ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("127.0.0.1.example.com", false),
        ("127.1", false), ("example.com", false), ("", false),
    ])
    func `only loopback may be bound without authentication`(host: String, isAllowed: Bool) {
        #expect((bindProblem(host: host, authenticated: false) == nil) == isAllowed)
        #expect(bindProblem(host: host, authenticated: true) == nil)
    }
}
