import TestSupport

/// The three programs on topics of one test's own.
struct Bench {
    static let inputs = ["appstore-events", "payment-transactions"]

    let topics: TestTopics
    let partitions: Int

    /// What is set for services and not for the tool.
    private let serviceSettings: [String: String]

    /// Creates the topics.
    ///
    /// - Parameters:
    ///   - servers: where the services are told the broker is; kcat and the tool go straight.
    ///   - serviceSettings: what is set for services besides.
    init(
        partitions: Int = 3,
        servers: String? = nil,
        serviceSettings: [String: String] = [:]
    ) async throws {
        topics = try TestTopics()
        self.partitions = partitions
        let detour = servers.map { ["CORDON_KAFKA_BOOTSTRAP_SERVERS": $0] } ?? [:]
        self.serviceSettings = serviceSettings.merging(detour) { $1 }
        try await cordon(["topics", "create", "--partitions", "\(partitions)"])
    }

    // MARK: - Programs

    /// Runs the operator's tool to its end, which must be a good one.
    @discardableResult
    func cordon(_ arguments: [String]) async throws -> Program {
        try await finish("cordon", arguments)
    }

    /// Loads a file of events.
    @discardableResult
    func load(_ file: String) async throws -> Program {
        try await finish("cordon-ingest", ["load", file])
    }

    /// Starts the HTTP door; ``RunningService/ready()`` waits for it.
    func ingest(settings: [String: String] = [:]) throws -> RunningService {
        let own = ["CORDON_INGEST_HTTP_PORT": "0"]
        let program = try Program(
            "cordon-ingest",
            ["serve"],
            environment: serviceEnvironment.merging(own) { $1 }.merging(settings) { $1 }
        )
        return RunningService(program)
    }

    /// Starts an instance of screening; ``RunningService/ready()`` waits for it.
    func screening(
        _ instance: String = "a",
        settings: [String: String] = [:]
    ) throws -> RunningService {
        let own = ["CORDON_SCREENING_INSTANCE": instance, "CORDON_SCREENING_HTTP_PORT": "0"]
        let program = try Program(
            "cordon-screening",
            ["serve"],
            environment: serviceEnvironment.merging(own) { $1 }.merging(settings) { $1 }
        )
        return RunningService(program)
    }

    /// What the services' own settings are added to.
    var serviceEnvironment: [String: String] { topics.environment.merging(serviceSettings) { $1 } }

    private func finish(_ name: String, _ arguments: [String]) async throws -> Program {
        let program = try Program(name, arguments, environment: topics.environment)
        let status = try await program.exitStatus(within: .seconds(240))
        guard status == 0 else {
            throw ProgramFailure(
                command: ([name] + arguments).joined(separator: " "),
                status: status,
                errors: program.errors
            )
        }
        return program
    }

    // MARK: - Progress

    /// Waits until the journals say that every input record is done with.
    func waitUntilScreened(
        within timeLimit: Duration = .seconds(120),
        by services: [RunningService] = []
    ) async throws {
        try await waitUntil("screening to catch up", within: timeLimit, every: .milliseconds(250)) {
            for service in services where !service.program.isRunning {
                throw ProgramFailure(
                    command: service.program.name,
                    status: try await service.program.exitStatus(),
                    errors: service.program.errors
                )
            }
            return try await lag() == 0
        }
    }

    /// How many input records the journals do not cover yet.
    func lag() async throws -> Int64 {
        var lag: Int64 = 0
        for input in Self.inputs {
            let journal = try await journalEnds(of: input)
            for (partition, end) in try await topics.ends(of: input) {
                lag += end - (journal[partition]?.next ?? 0)
            }
        }
        return lag
    }

    /// The newest journal record of each partition of an input.
    func journalEnds(of input: String) async throws -> [Int: JournalEnd] {
        let journal = input == Self.inputs[0] ? "appstore-journal" : "payment-journal"
        // The newest one stands near the end; markers and aborted transactions take offsets too.
        var ends = Self.ends(try await topics.records(of: journal, last: 100))
        if try await topics.ends(of: journal).contains(where: { $1 > 0 && ends[$0] == nil }) {
            ends = Self.ends(try await topics.records(of: journal))
        }
        return ends
    }

    private static func ends(_ records: [KafkaRecord]) -> [Int: JournalEnd] {
        var ends: [Int: JournalEnd] = [:]
        for record in records { ends[record.partition] = JournalEnd(record) }
        return ends
    }
}

/// The figures of a journal record, as kcat shows them.
struct JournalEnd {
    var next, received, screened, duplicate, deadLettered, expired: Int64

    init(_ record: KafkaRecord) {
        func figure(_ name: String) -> Int64 { record.member(name).flatMap { Int64($0) } ?? -1 }
        next = figure("next")
        received = figure("received")
        screened = figure("screened")
        duplicate = figure("duplicate")
        deadLettered = figure("deadLettered")
        expired = figure("expired")
    }

    var isConserved: Bool { received >= 0 && received == screened + duplicate + deadLettered }
}

/// A program ended as it should not have.
struct ProgramFailure: Error, CustomStringConvertible {
    var command: String
    var status: Int32
    var errors: String

    /// With the last words, or with what it said when it crashed.
    var description: String {
        let crash = errors.firstRange(of: "Fatal error").map { errors[$0.lowerBound...] }
        let words = crash?.suffix(6_000) ?? errors.suffix(4_000)
        return "\(command) ended with \(status): \(words)"
    }
}
