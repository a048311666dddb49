import Foundation
import TestSupport

/// Who used the processors from this value's making on.
struct ProcessorShares {
    private let services: [(name: String, service: Service, before: Double)]
    private let broker: BrokerRun
    private let brokerBefore: Double?
    private let own: Double

    init(_ services: [(String, Service)], _ broker: BrokerRun) {
        self.services = services.map { ($0.0, $0.1, $0.1.usage.processor) }
        self.broker = broker
        brokerBefore = broker.processor
        own = Self.own
    }

    /// The shares in words, of a time that has passed.
    func profile(of time: Duration) -> String {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        var shares = services.map { ($0.name, $0.service.usage.processor - $0.before) }
        if let used = broker.processor(since: brokerBefore) { shares.append(("the broker", used)) }
        shares.append(("sending and watching", Self.own - own))
        return "in \(format(time / .seconds(1))) s on \(cores) cores: "
            + shares.map { "\($0.0) \(format($0.1)) s" }.joined(separator: ", ")
    }

    private static var own: Double {
        ProcessUsage(of: ProcessInfo.processInfo.processIdentifier)?.processor ?? 0
    }
}
