import Foundation
import TestSupport

/// A us-2020 stream in parts, so that something can happen between and during them.
final class ReferenceStream {
    let truth: StreamTruth
    /// The files of the parts, in order.
    let parts: [String]
    private let folder: URL

    /// - Parameters:
    ///   - scale: how much of the stream, from 0 to 1.
    ///   - pieces: how many parts it is cut into, at line ends.
    init(scale: String, pieces: Int = 3) async throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "cordon-" + UUID().uuidString
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let events = folder.appending(path: "events").path
        let truthFile = folder.appending(path: "truth").path
        let generate = try Program(
            "cordon",
            ["generate", "--scale", scale, "--truth", truthFile, "--output", events]
        )
        guard try await generate.exitStatus(within: .seconds(240)) == 0 else {
            throw ProgramFailure(
                command: "cordon generate",
                status: -1,
                errors: generate.errors
            )
        }
        truth = try StreamTruth(file: truthFile)
        let split = try Program(
            "split",
            ["-n", "l/\(pieces)", "-d", "-a", "3", events, events + "-"]
        )
        guard try await split.exitStatus() == 0 else {
            throw ProgramFailure(command: "split", status: -1, errors: split.errors)
        }
        parts = (0..<pieces).map { events + "-" + String("00\($0)".suffix(3)) }
    }

    /// Cuts parts further, into files of so many lines.
    func cut(_ parts: [String], into lines: Int) async throws -> [String] {
        var pieces: [String] = []
        for part in parts {
            let split = try Program("split", ["-l", "\(lines)", "-d", "-a", "4", part, part + "."])
            _ = try await split.exitStatus()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            pieces += names.map { folder.appending(path: $0).path }
                .filter { $0.hasPrefix(part + ".") }.sorted()
        }
        return pieces
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }
}
