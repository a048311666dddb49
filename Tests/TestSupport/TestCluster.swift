import Foundation

/// The Kafka cluster that the tests tagged `.broker` run against.
public struct TestCluster: Sendable {
    /// `host:port`, several with commas.
    public let bootstrapServers: String
    /// What the names of this run's topics begin with.
    public let topicPrefix: String
    /// Librdkafka properties that reach it, as settings of the programs under test.
    let settings: [String: String]

    /// The cluster named by `CORDON_TEST_BROKER`, or nil when there is none to test against.
    ///
    /// Every other `CORDON_KAFKA_…` of the environment, such as a password, applies to it too.
    public static let current: TestCluster? = {
        let environment = ProcessInfo.processInfo.environment
        guard let servers = environment["CORDON_TEST_BROKER"], !servers.isEmpty else { return nil }
        let settings = environment.filter {
            $0.key.hasPrefix("CORDON_KAFKA_") && $0.key != "CORDON_KAFKA_BOOTSTRAP_SERVERS"
        }
        return TestCluster(
            bootstrapServers: servers,
            topicPrefix: environment["CORDON_TOPIC_PREFIX"] ?? "test-",
            settings: settings
        )
    }()

    /// Whether tests that need a broker can run.
    public static var isThere: Bool { current != nil }

    /// Librdkafka properties that reach it.
    var properties: [String: String] {
        var properties = ["bootstrap.servers": bootstrapServers]
        for (name, value) in settings {
            let property = name.dropFirst("CORDON_KAFKA_".count).lowercased()
            properties[property.replacing("_", with: ".")] = value
        }
        return properties
    }

    /// The arguments that make kcat reach it, with the properties the programs get too, and wait
    /// for its answers for up to 30 s.
    var kcatArguments: [String] {
        let others = properties.filter { $0.key != "bootstrap.servers" }
        return others.sorted { $0.key < $1.key }.flatMap { ["-X", $0.key + "=" + $0.value] }
            + ["-b", bootstrapServers, "-m", "30"]
    }
}
