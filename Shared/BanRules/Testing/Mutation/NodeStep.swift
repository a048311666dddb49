internal import Yams

/// One step down a tree of YAML.
enum NodeStep {
    case key(String)
    case index(Int)
}

extension Node {
    /// A scalar.
    static func text(_ text: String) -> Node { Node(text, Tag(.str), .doubleQuoted) }

    /// A list of scalars.
    static func texts(_ texts: [String]) -> Node { Node(texts.map(Node.text)) }

    /// The node at the end of a path, nil if the path leads nowhere.
    func node(at path: ArraySlice<NodeStep>) -> Node? {
        guard let step = path.first else { return self }
        switch step {
        case .key(let name):
            return mapping?.first { $0.key.scalar?.string == name }?.value
                .node(at: path.dropFirst())
        case .index(let index):
            guard let sequence, sequence.indices.contains(index) else { return nil }
            return sequence[index].node(at: path.dropFirst())
        }
    }

    /// The tree with the node at the end of a path replaced, or taken out of its list; nil if the
    /// path leads nowhere.
    func replacing(_ path: ArraySlice<NodeStep>, by replacement: Node?) -> Node? {
        guard let step = path.first else { return replacement }
        let rest = path.dropFirst()
        switch step {
        case .key(let name):
            guard let mapping else { return nil }
            var pairs: [(Node, Node)] = []
            for (key, value) in mapping {
                let word = key.scalar?.string
                guard word == name else {
                    pairs.append((key, value))
                    continue
                }
                guard let changed = value.replacing(rest, by: replacement) else { return nil }
                pairs.append((key, changed))
            }
            return .mapping(Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
        case .index(let index):
            guard let sequence, sequence.indices.contains(index) else { return nil }
            var nodes = Array(sequence)
            if rest.isEmpty, replacement == nil {
                nodes.remove(at: index)
            } else {
                guard let changed = nodes[index].replacing(rest, by: replacement) else {
                    return nil
                }
                nodes[index] = changed
            }
            return .sequence(Sequence(nodes, sequence.tag, sequence.style, sequence.mark))
        }
    }

    /// The tree of a directive without the ends of intervals, which only repeat the next start and
    /// would contradict it once that is shifted.
    func withoutIntervalEnds() -> Node {
        guard let mapping else { return self }
        let pairs: [(Node, Node)] = mapping.map { key, value in
            switch key.scalar?.string {
            case "lifecycle": (key, value.mapItems { $0.without("to") })
            case "prohibitions": (key, value.mapItems { $0.withoutIntervalEnds() })
            default: (key, value)
            }
        }
        return .mapping(Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    }

    private func mapItems(_ change: (Node) -> Node) -> Node {
        guard let sequence else { return self }
        return .sequence(
            Sequence(sequence.map(change), sequence.tag, sequence.style, sequence.mark)
        )
    }

    private func without(_ name: String) -> Node {
        guard let mapping else { return self }
        let pairs = mapping.filter { $0.key.scalar?.string != name }.map { ($0.key, $0.value) }
        return .mapping(Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    }
}
