/// The properties of one client in the order in which they are set; later ones win.
struct ClientSettings {
    private(set) var properties: [(name: String, value: String)] = []
    let servers: String

    /// - Parameters:
    ///   - defaults: what the user's properties may change.
    ///   - guarded: what they may not.
    init(
        _ configuration: KafkaConfiguration,
        defaults: [String: String] = [:],
        guarded: [String: String]
    ) {
        servers = configuration.bootstrapServers
        let quiet = ["client.id": "cordon", "log.connection.close": "false"]
        for layer in [quiet, defaults, configuration.properties, guarded] {
            properties += layer.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        properties.append(("bootstrap.servers", servers))
    }

    /// For a client that only asks; a consumer, since a producer's question creates the topic.
    init(lookup configuration: KafkaConfiguration) {
        self.init(configuration, guarded: ["allow.auto.create.topics": "false"])
    }

    static let consumerDefaults = [
        // Names the cause of a failed fetch early; a topic is created on purpose or not at all.
        "allow.auto.create.topics": "false"
    ]

    static let consumerGuards = [
        "isolation.level": "read_committed",
        "enable.auto.commit": "false",
        "enable.auto.offset.store": "false",
        "auto.offset.reset": "error",
    ]

    static let producerDefaults = ["compression.type": "lz4"]

    static let producerGuards = [
        "enable.idempotence": "true",
        "acks": "all",
        "partitioner": "murmur2_random",
        "delivery.report.only.error": "false",
    ]
}
