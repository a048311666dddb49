import CRDKafka

/// A librdkafka configuration under construction; freed unless a client takes it over.
struct NativeConfiguration: ~Copyable {
    private var handle: NativeHandle<OpaquePointer>

    init() {
        guard let pointer = rd_kafka_conf_new() else {
            preconditionFailure("out of memory")
        }
        handle = NativeHandle(pointer) { rd_kafka_conf_destroy($0) }
    }

    var pointer: OpaquePointer { handle.pointer }

    /// Gives the configuration to a client.
    mutating func take() -> OpaquePointer { handle.take() }

    func set(_ name: String, _ value: String) throws(KafkaError) {
        if let problem = problem(setting: name, to: value) {
            throw .configuration(problem)
        }
    }

    /// What librdkafka says to one property, or nil; a secret value is never repeated.
    static func problem(setting name: String, to value: String) -> String? {
        let scratch = NativeConfiguration()
        return scratch.problem(setting: name, to: value)
    }

    private func problem(setting name: String, to value: String) -> String? {
        let (result, text) = withErrorText { rd_kafka_conf_set(pointer, name, value, $0, $1) }
        switch result {
        case RD_KAFKA_CONF_OK: return nil
        case RD_KAFKA_CONF_UNKNOWN: return "librdkafka has no property \(name)"
        default:
            return KafkaConfiguration.isSecret(name) ? "the value of \(name) is refused" : text
        }
    }
}

/// Calls C with a buffer for an error text; the text is empty when nothing was written.
func withErrorText<R>(_ body: (UnsafeMutablePointer<CChar>?, Int) -> R) -> (R, String) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
        buffer.initialize(repeating: 0)
        let result = body(buffer.baseAddress, buffer.count)
        // C truncates in mid-character if it must; the decoding repairs that.
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return (result, String(decoding: bytes, as: UTF8.self))
    }
}
