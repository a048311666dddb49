/// What stands where in the tree, and what its texts may speak of.
enum TreeRules {
    static let topLevel: Set<String> = [
        "Package.swift", "README.md", "LICENSE", ".ci", ".gitignore", ".swift-format", "Services",
        "Shared", "Tests", "deploy",
    ]

    static func topLevelEntries(_ paths: [String]) -> [Violation] {
        Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
            .subtracting(topLevel)
            .map { Violation($0, "does not belong at the top of the tree") }
    }

    /// Every path that a README names, as a link or in running text, leads somewhere.
    static func readmePaths(_ tree: SourceTree) -> [Violation] {
        let fileNames = Set(
            tree.texts.keys.compactMap { $0.split(separator: "/").last.map(String.init) }
        )
        return tree.texts.keys.filter { $0.hasSuffix(".md") }.sorted().flatMap { readme in
            let folder = readme.split(separator: "/").dropLast().joined(separator: "/")
            return namedPaths(in: tree.texts[readme] ?? "").compactMap { path, line in
                let here = folder.isEmpty ? path : folder + "/" + path
                let exists =
                    path.contains("/")
                    ? tree.contains(path) || tree.contains(resolved(here))
                    : fileNames.contains(path)
                return exists
                    ? nil : Violation(readme, line: line, "names \(path), which is not there")
            }
        }
    }

    /// The repository speaks of the product alone; nothing of where or by whom it was made.
    static func workplaceWords(path: String, text: String) -> [Violation] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
            number,
            line in
            let lowered = line.lowercased()
            return workplace.filter { lowered.contains($0) }.map {
                Violation(path, line: number + 1, "speaks of the workplace: \($0)")
            }
        }
    }

    /// Put together from pieces, so that this file does not speak of them either.
    private static let workplace = [
        ["/wo", "rk/"], ["/tmp/", "cordon"], ["helper", " agent"], ["sub", "agent"],
        ["cla", "ude"],
        ["co", "dex"], ["chat", "gpt"], ["pypi", ".org"], ["python", "hosted"], ["deb.", "debian"],
        ["/opt/", "swift"], ["/ro", "ot/"],
    ].map { $0.joined() }

    // MARK: - Paths in prose

    /// Words that look like a path of this tree: below a folder of it, or a file by its name.
    private static func namedPaths(in text: String) -> [(String, Int)] {
        let ends: Set<Character> = [" ", "\t", "`", "(", ")", "[", "]", "\"", "'", ",", "|", "*"]
        var result: [(String, Int)] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            for word in line.split(whereSeparator: { ends.contains($0) }) {
                let path = trimmed(word)
                guard !path.contains(where: { "<>{}$…:#".contains($0) }) else { continue }
                if isPath(path) { result.append((path, number + 1)) }
            }
        }
        return result
    }

    private static func isPath(_ word: String) -> Bool {
        let folders = ["Services/", "Shared/", "Tests/", "deploy/", ".ci/"]
        let isBelow = folders.contains { word.hasPrefix($0) && word != $0 }
        let isSource = [".swift", ".yaml", ".md"].contains { word.hasSuffix($0) && word != $0 }
        return isBelow || (isSource && (word.first?.isLetter == true || word.hasPrefix("../")))
    }

    private static func trimmed(_ word: Substring) -> String {
        var word = word
        while let last = word.last, ".;:/!?".contains(last) { word.removeLast() }
        if word.hasPrefix("./") { word.removeFirst(2) }
        return String(word)
    }

    /// Takes `..` out of a path.
    private static func resolved(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
            if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
