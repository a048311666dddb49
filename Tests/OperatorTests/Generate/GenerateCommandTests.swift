import ArgumentParser
import Foundation
import ServiceKit
import Testing

@testable import Operator

struct GenerateCommandTests {
    @Test func `the stream and its truth are written to files`() throws {
        try withFolder { folder in
            let events = folder.appending(path: "events.ndjson")
            let truth = folder.appending(path: "truth.json")
            let command = try GenerateCommand.parse([
                "--scale", "0.0001", "--truth", truth.path, "--output", events.path,
            ])
            try command.run()
            let scale = try #require(StreamScale(0.0001))
            let stream = ReferenceStream(options: StreamOptions(scale: scale))
            #expect(try [UInt8](Data(contentsOf: events)) == GeneratedLines.bytes(stream))
            #expect(try [UInt8](Data(contentsOf: truth)) == stream.truth.json)
        }
    }

    @Test func `the truth is JSON that says what it is the truth of`() throws {
        let options = StreamOptions(seed: 7, scale: try #require(StreamScale(0.0001)))
        let truth = ReferenceStream(options: options).truth
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(truth.json)) as? [String: Any]
        )
        #expect(object["scenario"] as? String == "us-2020")
        #expect(object["seed"] as? Int == 7)
        #expect(object["scale"] as? Double == 0.0001)
        #expect(object["granularity"] as? String == "hour")
        #expect(object["records"] as? Int == truth.recordCount)
        let flags = try #require(object["flags"] as? [[String: Any]])
        #expect(flags.reduce(0) { $0 + ($1["flags"] as? Int ?? 0) } == truth.flagCount)
        let press = try #require(object["press"] as? [[String: Any]])
        #expect(press.map { $0["app"] as? String } == ["alipay", "camscanner", "wps-office"])
        #expect(press.map { $0["units"] as? Int } == [21, 440, 56])
        let downloads = try #require(object["downloads"] as? [[String: Any]])
        #expect(downloads.contains { $0["appId"] is NSNull && $0["storeAppId"] is String })
        #expect((object["days"] as? [Any])?.count == 366 + 181)
    }

    @Test(arguments: [
        ["--scale", "0"], ["--scale", "1.5"], ["--scale", "nan"], ["--scenario", "us-2019"],
        ["--granularity", "day"], ["--seed", "-1"],
    ])
    func `an option that makes no sense is refused`(arguments: [String]) {
        #expect(throws: (any Error).self) { try GenerateCommand.parse(arguments) }
    }

    @Test func `a file that cannot be written is named in the failure`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "missing/events.ndjson").path
            let command = try GenerateCommand.parse(["--scale", "0.0001", "--output", path])
            let failure = #expect(throws: ToolFailure.self) { try command.run() }
            #expect(failure?.message.contains(path) == true)
        }
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "generate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
