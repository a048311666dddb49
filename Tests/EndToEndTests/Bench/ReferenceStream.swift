import Foundation
import TestSupport

/// A small us-2020 stream in three parts, so that something can happen between and during them.
final class ReferenceStream {
    let truth: StreamTruth
    /// The files of the parts, in order.
    let parts: [String]
    private let folder: URL

    init(scale: String) async throws {
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
        let split = try Program("split", ["-n", "l/3", events, events + "-"])
        guard try await split.exitStatus() == 0 else {
            throw ProgramFailure(command: "split", status: -1, errors: split.errors)
        }
        parts = ["aa", "ab", "ac"].map { events + "-" + $0 }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }
}
