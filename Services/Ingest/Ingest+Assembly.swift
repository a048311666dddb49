import Hummingbird
import Kafka
import Logging
import ServiceKit
import ServiceLifecycle

/// The service put together: everything but the sink, so that tests bring their own.
struct IngestAssembly {
    /// What runs in front of the sink, in the order of starting; stopping goes the other way.
    let services: [any Service]
    /// The routes, for tests.
    let router: Router<BasicRequestContext>
    let readiness: Readiness

    /// Wires everything; nothing runs yet, and the service is unready until the probe has seen the
    /// broker.
    ///
    /// - Throws: ``ToolFailure`` when the files of `CORDON_RULES` cannot be used.
    init(
        _ configuration: IngestConfiguration,
        sink: any EventSink,
        telemetry: Telemetry
    ) throws(ToolFailure) {
        let rules = try RulesFollower(configuration, telemetry: telemetry)
        let readiness = Readiness()
        readiness.unmet(EventsDoor.sinkCondition, because: "the broker was not asked yet")
        self.readiness = readiness
        let logger = telemetry.logger
        let publisher = EventPublisher(
            sink: sink,
            metrics: IngestMetrics(telemetry.registry)
        )
        let door = EventsDoor(
            publisher: publisher,
            readiness: readiness,
            bodies: BodyReader(
                limit: configuration.bodyLimit,
                budget: ByteBudget(limit: configuration.inFlightLimit)
            ),
            token: configuration.token,
            eventLimit: configuration.eventLimit
        )
        router = IngestRouter.make(
            door: door,
            rules: rules,
            readiness: readiness,
            registry: telemetry.registry
        )
        services = [
            rules,
            SinkProbe(
                sink: sink,
                readiness: readiness,
                interval: configuration.probeInterval,
                logger: logger
            ),
            Self.server(router, configuration, logger),
            DrainNotice(readiness: readiness, duration: configuration.drainTime),
        ]
    }

    private static func server(
        _ router: Router<BasicRequestContext>,
        _ configuration: IngestConfiguration,
        _ logger: Logger
    ) -> some Service {
        var serverLogger = logger
        serverLogger.logLevel = max(logger.logLevel, .warning)
        return Application(
            router: router,
            // A connection that sends nothing for so long is closed, also amid a body.
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "cordon-ingest"
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                logger.notice(
                    "listening",
                    metadata: ["http.address": "\(configuration.host):\(port)"]
                )
            },
            logger: serverLogger
        )
    }
}

extension IngestConfiguration {
    /// The way to Kafka that serves requests: short waits, and none longer than the ack limit.
    func makeSink(logger: Logger) throws(KafkaError) -> KafkaSink {
        let milliseconds = Int(ackLimit / .milliseconds(1))
        let properties = ["message.timeout.ms": String(milliseconds), "linger.ms": "2"]
        return try KafkaSink(
            kafka.withDefaults(properties),
            topics: topics,
            closeLimit: ackLimit,
            logger: logger
        )
    }
}
