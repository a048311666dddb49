internal import Yams

/// A value with the node it was read from.
struct Located<Value> {
    var value: Value
    var node: Node
}

/// A mapping whose keys have been checked.
struct Fields {
    var node: Node
    /// What the mapping describes, for messages: `the directive`, `a target`.
    var subject: String
    var values: [String: Node]
}

extension DirectiveReader {
    /// No text of a directive may be longer.
    static let textByteLimit = 4096

    mutating func report(_ message: String, at node: Node) {
        problems.append(problem(message, at: node))
    }

    func problem(_ message: String, at node: Node) -> RuleProblems.Problem {
        RuleProblems.Problem(
            file: file,
            line: node.mark?.line ?? 1,
            column: node.mark?.column ?? 1,
            message: message
        )
    }

    /// The members of a mapping; reports unknown and missing keys, and nodes that are no mapping.
    mutating func fields(
        _ node: Node,
        of subject: String,
        required: [String],
        optional: [String]
    ) -> Fields? {
        guard let mapping = node.mapping else {
            report("\(subject) must be a mapping of keys to values", at: node)
            return nil
        }
        let known = required + optional
        var values: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, known.contains(name) else {
                let name = key.scalar?.string ?? "(not a text)"
                report(
                    "unknown key `\(name)` in \(subject); known: \(known.joined(separator: ", "))",
                    at: key
                )
                continue
            }
            values[name] = value
        }
        for key in required where values[key] == nil {
            report("\(subject) lacks `\(key)`", at: node)
        }
        return Fields(node: node, subject: subject, values: values)
    }

    /// The text under a key; nil if the key is absent, which `fields` has judged already.
    mutating func text(_ fields: Fields, _ key: String) -> Located<String>? {
        guard let node = fields.values[key] else { return nil }
        return text(node, called: "`\(key)`")
    }

    /// A scalar as text, not empty and without control characters.
    mutating func text(_ node: Node, called name: String) -> Located<String>? {
        guard let scalar = node.scalar else {
            report("\(name) must be a text", at: node)
            return nil
        }
        let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        guard !isNull, scalar.string.contains(where: { !$0.isWhitespace }) else {
            report("\(name) is empty", at: node)
            return nil
        }
        guard scalar.string.utf8.count <= Self.textByteLimit else {
            report("\(name) is longer than \(Self.textByteLimit) bytes", at: node)
            return nil
        }
        // Folded text (`>`) of a note ends in a line feed that nobody meant.
        let trimmed = scalar.string.trimmingSuffix { $0.isWhitespace }
        guard !trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            report("\(name) has a line break or another control character", at: node)
            return nil
        }
        return Located(value: trimmed, node: node)
    }

    /// The nodes of a list; a missing key is an empty list.
    mutating func list(_ fields: Fields, _ key: String) -> [Node] {
        guard let node = fields.values[key] else { return [] }
        guard let sequence = node.sequence else {
            report("`\(key)` must be a list", at: node)
            return []
        }
        return Array(sequence)
    }

    /// The texts of a list.
    mutating func texts(_ fields: Fields, _ key: String) -> [Located<String>] {
        list(fields, key).compactMap { text($0, called: "an entry of `\(key)`") }
    }

    /// A slug: 1 to 64 of `a`-`z`, `0`-`9` and `-`, not beginning with `-`.
    mutating func slug(_ fields: Fields, _ key: String) -> Located<String>? {
        guard let text = text(fields, key) else { return nil }
        let isSlug =
            text.value.utf8.count <= 64 && text.value.utf8.first != UInt8(ascii: "-")
            && text.value.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "-")
            }
        guard isSlug else {
            report(
                "the \(key) `\(text.value)` must be 1 to 64 lower-case letters, digits and hyphens",
                at: text.node
            )
            return nil
        }
        return text
    }

    /// A web address.
    mutating func link(_ fields: Fields, _ key: String) -> String? {
        guard let text = text(fields, key) else { return nil }
        let isLink =
            (text.value.hasPrefix("https://") || text.value.hasPrefix("http://"))
            && !text.value.contains(where: \.isWhitespace)
        guard isLink else {
            report("`\(key)` must be an address that begins with https://", at: text.node)
            return nil
        }
        return text.value
    }

    /// One of the words of an enumeration.
    mutating func word<Word>(_ fields: Fields, _ key: String, _ type: Word.Type) -> Word?
    where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
        guard let text = text(fields, key) else { return nil }
        return word(text, called: key, type)
    }

    /// One of the words of an enumeration.
    mutating func word<Word>(_ text: Located<String>, called name: String, _ type: Word.Type)
        -> Word?
    where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
        if let word = Word(rawValue: text.value) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        report("unknown \(name) `\(text.value)`; known: \(known)", at: text.node)
        return nil
    }
}

extension String {
    fileprivate func trimmingSuffix(while drops: (Character) -> Bool) -> String {
        guard let last = lastIndex(where: { !drops($0) }) else { return "" }
        return String(self[...last])
    }
}
