import Foundation

/// The text files of the project, held in memory so that every rule is a pure function.
struct SourceTree: Sendable {
    /// Text by path, relative to the root, `/` between folders.
    let texts: [String: String]
    /// The Swift files among them, cut into tokens, in the order of their paths.
    let swift: [SwiftSource]

    init(texts: [String: String]) {
        self.texts = texts
        swift = texts.keys.sorted().filter { $0.hasSuffix(".swift") }
            .map { SwiftSource(path: $0, text: texts[$0] ?? "") }
    }

    /// Reads the files under `root` that its `.gitignore` does not leave out.
    init(root: URL) throws {
        let ignored = try String(contentsOf: root.appending(path: ".gitignore"), encoding: .utf8)
            .split(separator: "\n").map { $0.hasSuffix("/") ? $0.dropLast() : $0 }
        var texts: [String: String] = [:]
        var folders = [""]
        while let folder = folders.popLast() {
            let entries = try FileManager.default.contentsOfDirectory(
                at: root.appending(path: folder),
                includingPropertiesForKeys: [.isDirectoryKey]
            )
            for entry in entries {
                let name = entry.lastPathComponent
                if name == ".git" || ignored.contains(where: { Self.matches(name, $0) }) {
                    continue
                }
                let path = folder.isEmpty ? name : folder + "/" + name
                if try entry.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
                    folders.append(path)
                } else {
                    texts[path] = String(decoding: try Data(contentsOf: entry), as: UTF8.self)
                }
            }
        }
        self.init(texts: texts)
    }

    /// Whether a file or a folder stands at this path.
    func contains(_ path: String) -> Bool {
        texts[path] != nil || texts.keys.contains { $0.hasPrefix(path + "/") }
    }

    /// The one form of pattern the project uses: a name, or the beginning of one and a star.
    private static func matches(_ name: String, _ pattern: Substring) -> Bool {
        pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
    }
}
