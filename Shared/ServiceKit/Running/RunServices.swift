public import Logging
public import ServiceLifecycle
import UnixSignals

/// Runs services until SIGTERM or SIGINT, or until one of them ends, then stops them all.
///
/// They start in the order given and stop in reverse, each one only after the one behind it has
/// returned. A service that ends by itself, well or not, stops the others gracefully too.
///
/// - Parameters:
///   - services: the ones that others build on first: endpoints, producer, loop.
///   - logger: for the starts and stops, at `debug` and `info`.
///   - gracefulLimit: how long stopping may take before the services are cancelled; keep it below
///     the orchestrator's kill delay.
/// - Throws: the error of the service that failed first.
public func runServices(
    _ services: [any Service],
    logger: Logger,
    gracefulLimit: Duration
) async throws {
    var configuration = ServiceGroupConfiguration(
        services: services.map {
            ServiceGroupConfiguration.ServiceConfiguration(
                service: $0,
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup
            )
        },
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger
    )
    configuration.maximumGracefulShutdownDuration = gracefulLimit
    try await ServiceGroup(configuration: configuration).run()
}
