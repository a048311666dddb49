/// What files, folders and types may be called, and what belongs into which file.
enum NameRules {
    static let forbidden: Set<String> = [
        "Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Manager", "Base", "New",
        "Legacy", "Extensions",
    ]
    static let filesPerFolderLimit = 12
    private static let typeKeywords: Set<String> = [
        "struct", "class", "enum", "actor", "protocol", "typealias",
    ]

    static func forbiddenPath(_ path: String) -> [Violation] {
        path.split { "/.+".contains($0) }.flatMap { words(of: String($0)) }
            .filter { forbidden.contains($0) }
            .map { Violation(path, "no file or folder is named \($0)") }
    }

    static func forbiddenType(_ source: SwiftSource) -> [Violation] {
        typeNames(source).flatMap { name, line in
            words(of: name).filter { forbidden.contains($0) }
                .map { Violation(source.path, line: line, "no type is named \($0): \(name)") }
        }
    }

    /// A folder shows at a glance what it holds.
    static func crowdedFolders(_ paths: [String]) -> [Violation] {
        let folders = Dictionary(grouping: paths.filter { $0.hasSuffix(".swift") }) {
            $0.split(separator: "/").dropLast().joined(separator: "/")
        }
        return folders.filter { $0.value.count > filesPerFolderLimit }.map {
            Violation($0.key, "\($0.value.count) Swift files, split it at \(filesPerFolderLimit)")
        }
    }

    /// A file that declares types is called as its main one, or as a function of that name, or,
    /// with a plus, as what it extends; where tests or a program stand it may be called freely.
    static func fileName(_ source: SwiftSource) -> [Violation] {
        let stem = stem(of: source.path)
        let types = source.outermostNames(after: typeKeywords)
        let extended = source.outermostNames(after: ["extension"])
            .map { $0 == "[" ? "Array" : $0 }
        let functions = source.outermostNames(after: ["func"])
        let isExtension = source.path.contains("+")
        let isAbout =
            types.contains(stem)
            || extended.contains { $0.split(separator: ".").contains { $0 == stem } }
            || functions.contains(stem.prefix(1).lowercased() + stem.dropFirst())
            || (isExtension && (types + extended).contains { $0.hasPrefix(stem) })
            || source.isEntrance
        guard !isAbout, isExtension || !types.isEmpty else { return [] }
        return [Violation(source.path, "is called \(stem) and declares \(types + extended)")]
    }

    /// Something that a file declares is used by another one, unless the file only extends types,
    /// or a program or a test begins there.
    static func deadFiles(_ sources: [SwiftSource]) -> [Violation] {
        var users: [String: Set<String>] = [:]
        for source in sources {
            for token in source.tokens where token.kind == .word {
                users[token.text, default: []].insert(source.path)
            }
        }
        return sources.filter { source in
            if source.path == "Package.swift" || source.path.contains("+") { return false }
            if source.isEntrance { return false }
            let types = source.outermostNames(after: typeKeywords)
            let extended = source.outermostNames(after: ["extension"])
            if extended.contains(where: { !types.contains($0) }) { return false }
            let names = source.outermostNames(after: typeKeywords.union(["func", "let", "var"]))
            return names.allSatisfy { (users[$0] ?? []).subtracting([source.path]).isEmpty }
        }.map { Violation($0.path, "nothing uses what it declares") }
    }

    // MARK: - Pieces

    /// `RDKafkaUtils` is RD, Kafka, Utils: a word begins at a capital before a small letter.
    static func words(of name: String) -> [String] {
        let characters = Array(name)
        var words: [String] = []
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            let previous = index > 0 ? characters[index - 1] : nil
            let begins =
                character.isUppercase
                && (previous?.isUppercase != true || next?.isLowercase == true)
            if begins || words.isEmpty || character == "_" || character == "-" {
                words.append("")
            }
            words[words.count - 1].append(character)
        }
        return words
    }

    private static func typeNames(_ source: SwiftSource) -> [(String, Int)] {
        source.tokens.indices.filter {
            typeKeywords.contains(source.text(at: $0)) && source.tokens[$0].kind == .word
                && source.text(at: $0 + 1).first?.isUppercase == true
        }.map { (source.text(at: $0 + 1), source.tokens[$0].line) }
    }

    private static func stem(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        return String(file.prefix { $0 != "+" && $0 != "." })
    }
}

extension SwiftSource {
    /// Whether a program or a test begins in this file, or what the harness for benchmarks looks
    /// for by its name.
    fileprivate var isEntrance: Bool {
        !occurrences(of: ["@", "main"]).isEmpty || !occurrences(of: ["@", "Test"]).isEmpty
            || !occurrences(of: ["let", "benchmarks", ":"]).isEmpty
    }
}
