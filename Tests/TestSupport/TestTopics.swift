import Foundation

/// The topics of one test, apart from those of every other test by their prefix.
public struct TestTopics: Sendable {
    /// What the names of all of them begin with.
    public let prefix: String
    private let cluster: TestCluster

    /// Takes a prefix of its own on the cluster under test; creates nothing.
    public init() throws {
        guard let cluster = TestCluster.current else { throw CocoaError(.featureUnsupported) }
        self.cluster = cluster
        prefix = cluster.topicPrefix + UUID().uuidString.prefix(8).lowercased() + "-"
    }

    /// The settings that point a program of ours at these topics.
    public var environment: [String: String] {
        cluster.settings.merging([
            "CORDON_KAFKA_BOOTSTRAP_SERVERS": cluster.bootstrapServers,
            "CORDON_TOPIC_PREFIX": prefix,
        ]) { $1 }
    }

    /// Librdkafka properties that reach the cluster.
    public var properties: [String: String] { cluster.properties }

    /// A topic's full name.
    public func name(_ topic: String) -> String { prefix + topic }

    // MARK: - Writing

    /// Writes one record with kcat and waits for its acknowledgement.
    ///
    /// - Parameters:
    ///   - value: nil for a tombstone.
    ///   - headers: In order, without `=` in the names.
    public func produce(
        _ value: [UInt8]?,
        key: String = "",
        headers: KeyValuePairs<String, String> = [:],
        partition: Int? = nil,
        to topic: String
    ) async throws {
        var arguments = ["-P", "-t", name(topic), "-X", "partitioner=murmur2_random"]
        arguments += headers.flatMap { ["-H", $0.key + "=" + $0.value] }
        arguments += partition.map { ["-p", "\($0)"] } ?? []
        if let value, !value.isEmpty {
            // A whole file is one record, whatever bytes it holds.
            let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try Data(value).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            try await kcat(arguments + (key.isEmpty ? [] : ["-k", key]) + [file.path])
        } else {
            // An empty file is no record for kcat, an empty line behind a key is one.
            let null = value == nil ? ["-Z"] : []
            try await kcat(arguments + null + ["-K", "\t"], input: Array((key + "\t\n").utf8))
        }
    }

    /// Writes one record with kcat and waits for its acknowledgement.
    public func produce(
        _ value: String,
        key: String = "",
        headers: KeyValuePairs<String, String> = [:],
        partition: Int? = nil,
        to topic: String
    ) async throws {
        try await produce(
            Array(value.utf8),
            key: key,
            headers: headers,
            partition: partition,
            to: topic
        )
    }

    // MARK: - Reading

    /// Every committed record of a topic, in the order of their offsets within each partition.
    ///
    /// - Parameter last: only those within so many offsets of each partition's end.
    public func records(of topic: String, last: Int? = nil) async throws -> [KafkaRecord] {
        let arguments =
            ["-C", "-e", "-J", "-X", "isolation.level=read_committed"]
            + (last.map { ["-o", "-\($0)"] } ?? [])
        let lines = try await kcat(arguments + ["-t", name(topic)]).output.split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(KafkaRecord.self, from: Data($0.utf8)) }
    }

    /// How many committed records each partition of a topic has.
    public func counts(of topic: String) async throws -> [Int: Int] {
        let arguments = ["-C", "-e", "-f", "%p\n", "-X", "isolation.level=read_committed"]
        var counts: [Int: Int] = [:]
        for line in try await kcat(arguments + ["-t", name(topic)]).output.split(separator: "\n") {
            counts[Int(line) ?? -1, default: 0] += 1
        }
        return counts
    }

    /// The bytes of one record's value.
    public func value(of record: KafkaRecord) async throws -> [UInt8] {
        let arguments = [
            "-C", "-c", "1", "-f", "%s", "-X", "isolation.level=read_committed",
            "-t", record.topic, "-p", "\(record.partition)", "-o", "\(record.offset)",
        ]
        return try await kcat(arguments).outputBytes
    }

    /// The offset behind the last record of each partition.
    public func ends(of topic: String) async throws -> [Int: Int64] {
        let partitions = try await partitionCount(of: topic)
        let queries = (0..<partitions).flatMap { ["-t", "\(name(topic)):\($0):-1"] }
        var ends: [Int: Int64] = [:]
        // Each line reads `topic [partition] offset n`.
        for line in try await kcat(["-Q"] + queries).output.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 4, let offset = Int64(words[3]) else { continue }
            ends[Int(words[1].filter(\.isNumber)) ?? 0] = offset
        }
        return ends
    }

    /// Starts a kcat that reads topics as one more member of a group, and commits nothing.
    ///
    /// It leaves the group on SIGTERM and tells of its assignments on standard error. For kcat
    /// `enable.auto.commit` is a property of topics that a group does not heed; without stored
    /// offsets it has nothing to commit.
    ///
    /// - Parameter client: its `client.id`.
    public func joining(
        _ group: String,
        as client: String,
        topics: [String]
    ) throws -> Program {
        try Program(
            "kcat",
            cluster.kcatArguments
                + [
                    "-X", "client.id=" + client, "-X", "enable.auto.offset.store=false",
                    "-X", "partition.assignment.strategy=range",
                ]
                + ["-f", "", "-G", name(group)]
                + topics.map(name)
        )
    }

    private func partitionCount(of topic: String) async throws -> Int {
        let listing = try await kcat(["-L", "-t", name(topic)]).output
        return listing.split(separator: "\n").count { $0.contains("    partition ") }
    }

    @discardableResult
    private func kcat(_ arguments: [String], input: [UInt8] = []) async throws -> Program {
        let program = try Program("kcat", ["-q"] + cluster.kcatArguments + arguments, input: input)
        let status = try await program.exitStatus(within: .seconds(180))
        guard status == 0 else { throw KcatFailure(status: status, errors: program.errors) }
        return program
    }
}

/// What kcat said when it failed.
struct KcatFailure: Error, CustomStringConvertible {
    var status: Int32
    var errors: String

    var description: String { "kcat ended with \(status): \(errors)" }
}
