import ArgumentParser
import Events
import Foundation
import Kafka
import ServiceKit

/// The options of every command that talks to a broker.
struct BrokerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Brokers, separated by commas; CORDON_KAFKA_BOOTSTRAP_SERVERS otherwise.",
            valueName: "host:port"
        )
    )
    var brokers: String?

    @Option(
        help: ArgumentHelp(
            "What stands before every topic's name; CORDON_TOPIC_PREFIX otherwise.",
            valueName: "prefix"
        )
    )
    var topicPrefix: String?

    @Option(
        help: ArgumentHelp(
            "Seconds to wait for a broker that does not answer.",
            valueName: "seconds"
        )
    )
    var timeout = 10

    func validate() throws {
        guard (1...3600).contains(timeout) else {
            throw ValidationError("--timeout is a number of seconds from 1 to 3600")
        }
    }

    /// How to reach the broker, by flags first and the environment then.
    ///
    /// - Throws: ``SettingsProblems`` with everything that is wrong with the settings.
    func connection(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingsProblems) -> Connection {
        var environment = environment
        environment["CORDON_KAFKA_BOOTSTRAP_SERVERS"] =
            brokers ?? environment["CORDON_KAFKA_BOOTSTRAP_SERVERS"]
        environment["CORDON_TOPIC_PREFIX"] = topicPrefix ?? environment["CORDON_TOPIC_PREFIX"]
        let prefix = environment["CORDON_TOPIC_PREFIX"] ?? ""
        var problems: [String] = []
        if let problem = TopicNames.problem(inPrefix: prefix) {
            problems.append("CORDON_TOPIC_PREFIX: \(problem)")
        }
        do {
            let configuration = try KafkaConfiguration(environment: environment)
            guard problems.isEmpty else { throw SettingsProblems(problems) }
            return Connection(
                kafka: configuration,
                topics: TopicNames(prefix: prefix),
                timeLimit: .seconds(timeout)
            )
        } catch let error as KafkaConfigurationProblems {
            throw SettingsProblems(problems + error.problems.map(\.description))
        } catch let error as SettingsProblems {
            throw error
        } catch {
            throw SettingsProblems(["\(error)"])
        }
    }
}
