import BanRules
import Events
import Kafka
import ServiceKit

/// Sends dead letters that are valid events by now back to where they came from; one thread.
///
/// What was looked at is remembered as the offsets of a group of its own, moved in the same
/// transaction as the records: however often and wherever it is interrupted, no dead letter is sent
/// back twice. Screening recognises one that it has seen in the meantime.
struct DeadLetterReplay {
    /// What became of a dead letter.
    enum Outcome: Hashable {
        case sent
        /// It is still no valid event, for this reason.
        case invalid(String)
        /// Only its beginning is kept, or it is the record of a gap.
        case incomplete
        /// The filter leaves it out.
        case leftOut
    }

    private let connection: Connection
    private let filter: DeadLetterFilter
    private let isDry: Bool
    /// A value to send in place of the original, for the dead letter that came from a place.
    private let correction: (place: DeadLetterEntry.Place, value: [UInt8])?
    private let isAgain: Bool

    /// - Parameters:
    ///   - isAgain: begins at the beginning, whatever an earlier run looked at.
    ///   - isDry: looks, and changes nothing.
    init(
        _ connection: Connection,
        _ filter: DeadLetterFilter,
        correction: (place: DeadLetterEntry.Place, value: [UInt8])?,
        isAgain: Bool,
        isDry: Bool
    ) {
        self.connection = connection
        self.filter = filter
        self.correction = correction
        self.isAgain = isAgain
        self.isDry = isDry
    }

    /// More records than this are not sent in one transaction.
    private static let batchLimit = 1_000

    /// Goes through what nobody looked at yet.
    ///
    /// - Returns: how many dead letters ended how.
    func run(rules: RuleSet) throws -> [Outcome: Int] {
        let topic = connection.topics.deadLetters
        let group = topic + ".replay"
        let consumer = try connection.consumer(group: group)
        defer { consumer.close() }
        let reader = try connection.reader()
        defer { reader.close() }
        let places = try connection.partitions(of: topic, reader)
        let known =
            isAgain || correction != nil
            ? [:] : try consumer.committed(places, timeLimit: connection.timeLimit)
        var pass = ReplayPass(
            producer: isDry ? nil : try ReplayProducer(connection, group: group),
            consumer: consumer,
            judge: ReplayJudge(rules)
        )
        defer { pass.producer?.close() }
        var outcomes: [Outcome: Int] = [:]
        let starts = places.map { place in
            (place, known[place].map { StartPosition.offset($0) } ?? .earliest)
        }
        try reader.readToEnd(starts, idleLimit: connection.timeLimit) { batch in
            for index in 0..<batch.count {
                var letter: ReplayLetter?
                batch.withDeadLetter(at: index, of: topic) { entry, info, key, value in
                    letter = ReplayLetter(
                        entry: entry,
                        key: info.hasKey ? key.bytes : nil,
                        value: info.hasValue ? value.bytes : nil
                    )
                }
                guard var letter else { continue }
                batch.forEachHeader(at: index) { name, value in
                    letter.addHeader(name.text, value.bytes)
                }
                let outcome = try look(at: &letter, &pass)
                outcomes[outcome, default: 0] += 1
                if pass.openCount >= Self.batchLimit { try pass.commit(connection.timeLimit) }
            }
        }
        try pass.commit(connection.timeLimit)
        return outcomes
    }

    private func look(at letter: inout ReplayLetter, _ pass: inout ReplayPass) throws -> Outcome {
        let place = TopicPartition(
            topic: letter.entry.place.topic,
            partition: letter.entry.place.partition
        )
        // A single corrected record says nothing about the others.
        if correction == nil { pass.move(place, to: letter.entry.place.offset + 1) }
        guard let origin = letter.entry.origin, filter.selects(letter.entry) else {
            return .leftOut
        }
        if let correction {
            guard correction.place == origin || correction.place == letter.entry.place else {
                return .leftOut
            }
            letter.value = correction.value
        } else if letter.entry.endOffset != nil || letter.entry.originalByteCount != nil {
            return .incomplete
        }
        let input = InputTopic.allCases.first { connection.topics.input($0) == origin.topic }
        guard let input else { return .invalid("unknown-topic") }
        if let reason = pass.judge.refusal(of: letter.value, headers: letter.headers, on: input) {
            return .invalid(reason)
        }
        try pass.producer?.send(letter, to: origin.topic)
        pass.openCount += 1
        return .sent
    }
}

/// A dead letter with everything that goes back.
struct ReplayLetter {
    let entry: DeadLetterEntry
    let key: [UInt8]?
    var value: [UInt8]?
    /// The record's own headers, without those that say why it died.
    private(set) var headers: [(name: String, value: [UInt8])] = []

    init(entry: DeadLetterEntry, key: [UInt8]?, value: [UInt8]?) {
        self.entry = entry
        self.key = key
        self.value = value
    }

    mutating func addHeader(_ name: String, _ value: [UInt8]) {
        let isOurs =
            name.hasPrefix(DeadLetter.Header.prefix) || name == DeadLetter.Header.originalSize
            || name == DeadLetter.Header.originalSHA256
        if !isOurs { headers.append((name, value)) }
    }
}

/// The clients of a replay and what is open in its transaction.
struct ReplayPass: ~Copyable {
    let producer: ReplayProducer?
    let consumer: KafkaConsumer
    var judge: ReplayJudge
    /// Records sent since the last commit.
    var openCount = 0
    private var moved: [TopicPartition: Int64] = [:]

    init(producer: ReplayProducer?, consumer: KafkaConsumer, judge: consuming ReplayJudge) {
        self.producer = producer
        self.consumer = consumer
        self.judge = judge
    }

    /// Everything before an offset was looked at.
    mutating func move(_ place: TopicPartition, to offset: Int64) { moved[place] = offset }

    /// Records and offsets together.
    mutating func commit(_ timeLimit: Duration) throws(KafkaError) {
        defer { (openCount, moved) = (0, [:]) }
        guard let producer, openCount > 0 || !moved.isEmpty else { return }
        try producer.commit(moved, of: consumer, timeLimit)
    }
}

/// Writes what is sent back, in transactions; one thread.
final class ReplayProducer {
    private let producer: TransactionalProducer
    private var isOpen = false

    init(_ connection: Connection, group: String) throws(KafkaError) {
        producer = try connection.transactionalProducer(id: group)
        try producer.initialise(timeLimit: connection.timeLimit)
    }

    /// Queues a record, beginning a transaction if there is none.
    func send(_ letter: ReplayLetter, to topic: String) throws(KafkaError) {
        try begin()
        var headers = RecordHeaders()
        for (name, value) in letter.headers { headers.append(name, value) }
        headers.append("__cordon.replayed.from", letter.entry.place.description)
        let key = letter.key ?? []
        let value = letter.value ?? []
        unsafe try producer.send(
            try producer.topic(topic),
            key: letter.key == nil ? nil : key.span.bytes,
            value: letter.value == nil ? nil : value.span.bytes,
            headers: headers
        )
    }

    func commit(
        _ offsets: [TopicPartition: Int64],
        of group: KafkaConsumer,
        _ timeLimit: Duration
    ) throws(KafkaError) {
        try begin()
        if offsets.isEmpty {
            try producer.commit(timeLimit: timeLimit)
        } else {
            try producer.commit(
                offsets: offsets.map { ($0.key, $0.value) },
                group: group,
                timeLimit: timeLimit
            )
        }
        isOpen = false
    }

    func close() { producer.close() }

    private func begin() throws(KafkaError) {
        guard !isOpen else { return }
        try producer.begin()
        isOpen = true
    }
}
