import BanRules
import Events
import Hummingbird
import Logging
import RuleFeed
import ServiceKit
import ServiceLifecycle

extension Screening {
    /// The service put together from its settings: nothing runs and nothing connects yet.
    struct Assembly {
        let services: [any Service]
        let logger: Logger

        /// Runs until SIGTERM, SIGINT or a failure.
        ///
        /// A worker needs at most a batch and a broker's answer to stop; the limit is below the
        /// thirty seconds that orchestrators wait before they kill.
        func run() async throws {
            try await runServices(services, logger: logger, gracefulLimit: .seconds(25))
        }
    }

    /// Wires rules, workers and endpoints.
    ///
    /// - Throws: ``ToolFailure`` with every problem of the rule set, when it cannot be used.
    static func assemble(
        _ settings: ScreeningConfiguration,
        logger: Logger,
        registry: PrometheusRegistry
    ) throws -> Assembly {
        let files = try rules(settings)
        logger.notice("settings", metadata: ["settings": "\(settings.summary)"])
        logger.notice(
            "rules loaded",
            metadata: [
                "rules.digest": "\(files.ruleSet.digest)", "rules.source": "\(files.source)",
                "rules.directives": "\(files.ruleSet.directives.map(\.id))",
            ]
        )
        let readiness = Readiness()
        let stop = StopSignal()
        let metrics = ScreeningMetrics(registry: registry)
        let rules = feed(files, settings, metrics, readiness, logger)
        let workers = (0..<settings.workers).map { number in
            let identity = WorkerIdentity(
                names: settings.topics,
                instance: settings.instance,
                worker: number
            )
            var logger = logger
            logger[metadataKey: "kafka.identity"] = "\(identity)"
            return ScreeningWorker(
                identity: identity,
                settings: settings,
                rules: rules,
                stop: stop,
                status: WorkerStatus(worker: number, readiness: readiness),
                metrics: metrics,
                logger: logger
            )
        }
        let endpoints = endpoints(settings, readiness, registry, logger)
        return Assembly(
            services: [
                endpoints, ScreeningService(workers: workers, rules: rules, stop: stop),
            ],
            logger: logger
        )
    }

    private static func rules(_ settings: ScreeningConfiguration) throws -> ActiveRules {
        do throws(RuleProblems) {
            return try ActiveRules(askedBy: settings.rules)
        } catch {
            throw ToolFailure("the rules cannot be used\n\(error)", exit: .usage)
        }
    }

    private static func feed(
        _ files: ActiveRules,
        _ settings: ScreeningConfiguration,
        _ metrics: ScreeningMetrics,
        _ readiness: Readiness,
        _ logger: Logger
    ) -> RuleFeed {
        let condition = "rules"
        readiness.unmet(condition, because: "the published rules have not been read yet")
        metrics.switchedRules(from: nil, to: files.ruleSet.digest)
        return RuleFeed(
            files: files,
            kafka: settings.kafka,
            topic: settings.topics.banRules,
            logger: logger,
            listener: RuleFeed.Listener(
                switched: { before, after in
                    metrics.switchedRules(from: before.ruleSet.digest, to: after.ruleSet.digest)
                },
                refused: { _, _ in metrics.refusedRules() },
                waiting: { reason in
                    if let reason {
                        readiness.unmet(condition, because: reason)
                    } else {
                        readiness.met(condition)
                    }
                }
            )
        )
    }

    private static func endpoints(
        _ settings: ScreeningConfiguration,
        _ readiness: Readiness,
        _ registry: PrometheusRegistry,
        _ logger: Logger
    ) -> some Service {
        let router = Router()
        if let token = settings.httpToken {
            router.add(middleware: BearerMiddleware(token: token, realm: "cordon-screening"))
        }
        addOperationsRoutes(to: router, readiness: readiness, registry: registry)
        return Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.http.host, port: settings.http.port),
                serverName: "cordon-screening"
            ),
            onServerRunning: { channel in
                logger.notice(
                    "listening",
                    metadata: ["http.port": "\(channel.localAddress?.port ?? 0)"]
                )
            },
            logger: logger
        )
    }
}
