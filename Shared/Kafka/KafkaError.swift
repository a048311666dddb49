/// A fault of Kafka or of the way to it: what was tried, what came back, and what may be done now.
///
/// A plain value; codes that this build does not know are values too.
public struct KafkaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// librdkafka's code: above 0 the broker's own (Kafka protocol), below 0 local.
    public var code: Int32
    /// The code's name, such as `_TRANSPORT`.
    public var name: String
    /// What was being done, such as `commit transaction`.
    public var operation: String
    /// One sentence; secrets never stand in it.
    public var reason: String
    /// The same call may succeed later.
    public var isRetriable: Bool
    /// The client is of no more use and must be closed.
    public var isFatal: Bool
    /// The transaction must be aborted; a following one may succeed.
    public var requiresAbort: Bool

    /// Builds an error by hand; errors of the library are built at the C edge.
    public init(
        code: Int32,
        name: String,
        operation: String,
        reason: String,
        isRetriable: Bool = false,
        isFatal: Bool = false,
        requiresAbort: Bool = false
    ) {
        self.code = code
        self.name = name
        self.operation = operation
        self.reason = reason
        self.isRetriable = isRetriable
        self.isFatal = isFatal
        self.requiresAbort = requiresAbort
    }

    /// `operation: reason (name)`.
    public var description: String { "\(operation): \(reason) (\(name))" }
}

extension KafkaError {
    /// Another process took this identity (transactional id or group instance id) over.
    ///
    /// An invalid producer epoch alone is no fence: it may only ask for an abort.
    public var isFenced: Bool {
        Code.fenced.contains(code) || (code == Code.invalidProducerEpoch && isFatal)
    }

    /// A time limit ran out.
    public var isTimeout: Bool { Code.timeouts.contains(code) }

    /// The local queue of records to send is full.
    public var isQueueFull: Bool { code == Code.queueFull }

    /// The offset to read from is not in the partition (removed, or beyond the end).
    public var isOffsetOutOfRange: Bool {
        code == Code.offsetOutOfRange || code == Code.autoOffsetReset
    }

    /// The topic or partition does not exist.
    public var isUnknownTopic: Bool { Code.unknownTopics.contains(code) }

    /// The record is larger than producer or broker allow.
    public var isRecordTooLarge: Bool { code == Code.recordTooLarge }

    /// The time between two polls grew beyond `max.poll.interval.ms`; the partitions are lost.
    public var isPollIntervalExceeded: Bool { code == Code.pollIntervalExceeded }

    /// No broker could be reached.
    public var isUnreachable: Bool { Code.unreachable.contains(code) }

    /// The codes that somebody asks for by meaning; here, so that no caller needs the C module.
    enum Code {
        static let pollIntervalExceeded: Int32 = -147
        static let autoOffsetReset: Int32 = -140
        static let queueFull: Int32 = -184
        static let offsetOutOfRange: Int32 = 1
        static let recordTooLarge: Int32 = 10
        static let state: Int32 = -172
        static let topicExists: Int32 = 36
        static let unknownTopics: Set<Int32> = [3, -188, -190]
        static let invalidProducerEpoch: Int32 = 47
        /// Local fence, instance id, producer.
        static let fenced: Set<Int32> = [-144, 82, 90]
        /// Local, local message, local queue, request.
        static let timeouts: Set<Int32> = [-185, -192, -166, 7]
        /// Transport, resolve, all brokers down.
        static let unreachable: Set<Int32> = [-195, -193, -187]
    }
}
