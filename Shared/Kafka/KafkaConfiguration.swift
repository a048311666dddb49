/// Where the brokers are and how to talk to them, shared by every client of a program.
///
/// Holds any librdkafka property (`CONFIGURATION.md` of librdkafka lists them), so that TLS, SASL
/// and tuning need no code. What carries a guarantee is set by each client after these properties
/// and wins over them.
public struct KafkaConfiguration: Sendable, Hashable {
    /// `host:port` pairs, separated by commas.
    public var bootstrapServers: String
    /// librdkafka properties by their own names, such as `sasl.mechanism`.
    public var properties: [String: String]

    /// Takes the values as they are; nothing is checked before a client is made.
    public init(
        bootstrapServers: String = KafkaConfiguration.defaultBootstrapServers,
        properties: [String: String] = [:]
    ) {
        self.bootstrapServers = bootstrapServers
        self.properties = properties
    }

    /// A broker on this machine.
    public static let defaultBootstrapServers = "127.0.0.1:9092"

    /// All properties in alphabetical order for a log line, secrets replaced by `<redacted>`.
    public var redactedDescription: String {
        let others = properties.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(Self.isSecret(name) ? "<redacted>" : value)"
        }
        return (["bootstrap.servers=\(bootstrapServers)"] + others).joined(separator: " ")
    }

    /// Whether a property's value must never be printed.
    static func isSecret(_ name: String) -> Bool {
        // Paths and addresses help to find a mistake and give nothing away.
        if name.hasSuffix(".location") || name.hasSuffix(".url") { return false }
        return ["password", "secret", "jaas", "token", "oauthbearer", "pem", "ssl.key", "ssl_key"]
            .contains { name.contains($0) }
    }
}

/// Everything that is wrong with the Kafka part of an environment.
public struct KafkaConfigurationProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// The environment variable.
        public var variable: String
        /// One sentence; never shows a secret.
        public var message: String

        /// `VARIABLE: message`.
        public var description: String { "\(variable): \(message)" }
    }

    /// All problems, in the variables' alphabetical order.
    public var problems: [Problem]

    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
