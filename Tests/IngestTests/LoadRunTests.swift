import Events
import Foundation
import ServiceKit
import Testing

@testable import Ingest

@Suite(.timeLimit(.minutes(1))) struct LoadRunTests {
    /// A folder that goes away with the test.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

        init() throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: url) }

        func path(_ name: String) -> String { url.appending(path: name).path }

        func write(_ name: String, _ bytes: [UInt8]) throws -> String {
            try Data(bytes).write(to: url.appending(path: name))
            return path(name)
        }
    }

    private let folder: Folder
    private let sink = RecordingSink()
    private let stop = StopFlag()

    init() throws {
        folder = try Folder()
    }

    private var publisher: EventPublisher {
        EventPublisher(sink: sink, metrics: IngestMetrics(PrometheusRegistry()))
    }

    private func run(_ options: LoadOptions, isDry: Bool = false) throws -> LoadRun {
        try LoadRun(options, publisher: isDry ? nil : publisher, stop: stop)
    }

    @Test func `files are loaded in order and rejects are counted by reason`() async throws {
        let first = try folder.write(
            "a.ndjson",
            Array("\(SampleEvents.download(id: "1"))\n\n{nope\n".utf8)
        )
        let second = try folder.write(
            "b.ndjson",
            Array("\(SampleEvents.bad())\n\(SampleEvents.payment())".utf8)
        )
        let load = try run(LoadOptions(paths: [first, second]))
        try await load.run()
        #expect(
            sink.records.map(\.value) == [SampleEvents.download(id: "1"), SampleEvents.payment()]
        )
        #expect(load.summary.read == 4)
        #expect(load.summary.accepted == 2)
        #expect(load.summary.rejected == [.invalidJSON: 1, .invalidValue: 1])
        #expect(!load.summary.isStopped)
    }

    @Test func `a full disk is a failure, and a link stays a link`() throws {
        let full = try RejectsFile("/dev/full")
        let rejection = Rejection(reason: .empty, pointer: "", detail: "nothing")
        let bytes = Array("x".utf8)
        unsafe try full.add(file: "f", line: 1, rejection: rejection, record: bytes.span.bytes)
        let failure = #expect(throws: ToolFailure.self) { try full.flush() }
        #expect(failure?.message.hasPrefix("cannot write /dev/full") == true)
        let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/full")
        #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
        #expect(throws: ToolFailure.self) { try RejectsFile("/nowhere/rejects.ndjson") }
    }

    @Test func `rejects are kept with file, line and record`() async throws {
        let bytes = Array("\n{nope\n".utf8) + [0x7B, 0xFF, 0x7D, 0x0A]
        let file = try folder.write("a.ndjson", bytes)
        let load = try run(
            LoadOptions(paths: [file], rejectsPath: folder.path("rejects.ndjson"))
        )
        try await load.run()
        let lines = try String(contentsOfFile: folder.path("rejects.ndjson"), encoding: .utf8)
            .split(separator: "\n")
        let objects = try lines.map {
            try #require(
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            )
        }
        #expect(objects.map { $0["line"] as? Int } == [2, 3])
        #expect(objects.map { $0["file"] as? String } == [file, file])
        #expect(objects.first?["record"] as? String == "{nope")
        #expect(objects.first?["reason"] as? String == "invalid-json")
        #expect(objects.last?["recordBase64"] as? String == "e/99")
    }

    @Test func `a line over the limit is a reject and loading goes on`() async throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
        let file = try folder.write(
            "a.ndjson",
            long + Array("\n\(SampleEvents.download())\n".utf8)
        )
        let load = try run(LoadOptions(paths: [file]))
        try await load.run()
        #expect(load.summary.rejected == [.tooLarge: 1])
        #expect(load.summary.accepted == 1)
    }

    @Test func `a dry run sends nothing`() async throws {
        let file = try folder.write("a.ndjson", Array(SampleEvents.download().utf8))
        let load = try run(LoadOptions(paths: [file]), isDry: true)
        try await load.run()
        #expect(load.summary.accepted == 1)
        #expect(sink.records.isEmpty)
        #expect(load.summary.text.contains("nothing was sent"))
    }

    @Test func `a broker that does not acknowledge ends the load and is told`() async throws {
        let file = try folder.write("a.ndjson", Array(SampleEvents.download().utf8))
        sink.failDelivery(RecordingSink.away)
        let load = try run(LoadOptions(paths: [file]))
        let failure = await #expect(throws: ToolFailure.self) { try await load.run() }
        #expect(failure?.message.contains("no answer from broker-1") == true)
        #expect(load.summary.accepted == 0)
        #expect(load.summary.unacknowledged == 1)
    }

    @Test func `a stop ends the load before the end of the input`() async throws {
        let file = try folder.write("a.ndjson", Array(SampleEvents.download().utf8))
        stop.raise()
        let load = try run(LoadOptions(paths: [file]))
        try await load.run()
        #expect(load.summary.isStopped)
        #expect(load.summary.read == 0)
        #expect(load.summary.text.contains("before the end"))
    }

    @Test func `a file that is not there is named before anything is sent`() throws {
        let good = try folder.write("a.ndjson", [])
        let failure = #expect(throws: ToolFailure.self) {
            try run(LoadOptions(paths: [good, folder.path("missing.ndjson")]))
        }
        #expect(failure?.message.contains("missing.ndjson") == true)
        let directory = #expect(throws: ToolFailure.self) {
            try run(LoadOptions(paths: [folder.url.path]))
        }
        #expect(directory?.message.contains("directory") == true)
    }

    @Test func `a rate is kept`() async {
        var pace = Pace(eventsPerSecond: 1_000)
        #expect(pace.step == 50)
        let start = ContinuousClock.now
        for _ in 0..<3 { await pace.wait(for: 50) }
        #expect(start.duration(to: .now) >= .milliseconds(100))
    }

    @Test func `the summary reads well`() {
        var summary = LoadSummary()
        summary.read = 1_500_000
        summary.accepted = 1_499_990
        summary.rejected = [.invalidJSON: 2, .missingMember: 8]
        summary.elapsed = .seconds(5)
        #expect(
            summary.text == """
                read      1,500,000 events in 5.0s, 300,000/s
                accepted  1,499,990
                rejected  10 (missing-member 8, invalid-json 2)
                """
        )
    }
}
