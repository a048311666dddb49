extension KafkaConfiguration {
    /// Every variable of this prefix is read; the rest of the name is the property's.
    static let variablePrefix = "CORDON_KAFKA_"

    /// Reads `CORDON_KAFKA_*`: the property's name in upper case with `_` for `.`.
    ///
    /// A pure function of the dictionary. Properties that carry a guarantee are refused with the
    /// reason, unknown ones and bad values are reported, and all problems are thrown at once.
    public init(environment: [String: String]) throws(KafkaConfigurationProblems) {
        var configuration = KafkaConfiguration()
        var problems: [KafkaConfigurationProblems.Problem] = []
        for (variable, value) in environment.sorted(by: { $0.key < $1.key }) {
            guard variable.hasPrefix(Self.variablePrefix) else { continue }
            let name = Self.propertyName(of: variable)
            if let message = configuration.accept(value, for: name) {
                problems.append(.init(variable: variable, message: message))
            }
        }
        guard problems.isEmpty else { throw KafkaConfigurationProblems(problems: problems) }
        self = configuration
    }

    private static func propertyName(of variable: String) -> String {
        let name = variable.dropFirst(variablePrefix.count).lowercased()
        let dotted = String(name.map { $0 == "_" ? "." : $0 })
        // The few names that keep an underscore in librdkafka itself.
        return dotted == "log.level" ? "log_level" : dotted
    }

    /// Takes one property over; returns what is wrong with it, or nil.
    private mutating func accept(_ value: String, for name: String) -> String? {
        if name == "bootstrap.servers" {
            bootstrapServers = value
            return Self.problem(inBootstrapServers: value)
        }
        if let reason = GuardedProperty.reason(for: name) {
            return "\(name) cannot be set: \(reason)"
        }
        properties[name] = value
        return NativeConfiguration.problem(setting: name, to: value)
    }

    /// What is wrong with a list of `host:port` pairs, or nil.
    static func problem(inBootstrapServers text: String) -> String? {
        for server in text.split(separator: ",", omittingEmptySubsequences: false) {
            if let problem = problem(inServer: server) {
                return "\"\(server)\" \(problem); expected host:port, host:port …"
            }
        }
        return nil
    }

    private static func problem(inServer text: Substring) -> String? {
        let trimmed = text.drop { $0 == " " }
        guard !trimmed.isEmpty else { return "is empty" }
        guard !trimmed.contains("://") else { return "has a scheme" }
        guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "has a character that no host name has"
        }
        var host = trimmed
        var port: Substring?
        // In [::1]:9092 only what follows the bracket is a port.
        let afterBracket = trimmed.lastIndex(of: "]") ?? trimmed.startIndex
        if let colon = trimmed[afterBracket...].lastIndex(of: ":") {
            host = trimmed[..<colon]
            port = trimmed[trimmed.index(after: colon)...]
        }
        guard !host.isEmpty else { return "has no host" }
        guard host.hasPrefix("[") == host.hasSuffix("]") else { return "has half a bracket" }
        guard host.hasPrefix("[") || !host.contains(":") else {
            return "has more than one colon (an IPv6 address stands in brackets)"
        }
        guard let port else { return nil }
        guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port),
            (1...65_535).contains(number)
        else { return "has no port between 1 and 65535" }
        return nil
    }
}
