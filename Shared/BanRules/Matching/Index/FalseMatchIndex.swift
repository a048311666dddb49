internal import Events

/// The known false matches of one directive, by target.
struct FalseMatchIndex: Sendable {
    private struct Entry {
        var texts: Set<[UInt8]>
        var appIDs: Set<[UInt8]>
        var expires: Timestamp
    }

    private var entries: [Int: [Entry]] = [:]

    /// - Parameter positions: of the directive's targets, by id.
    init(_ falseMatches: [FalseMatch], positions: [String: Int]) {
        for match in falseMatches {
            let entry = Entry(
                texts: Set(match.texts.map(NameFolding.fold)),
                appIDs: Set(match.appIDs.map(KeyKind.appID.fold)),
                expires: match.expires.utc
            )
            for target in match.targets {
                guard let position = positions[target] else { continue }
                entries[position, default: []].append(entry)
            }
        }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Whether a match by name is known to be false.
    ///
    /// - Parameters:
    ///   - target: position of the target that was met.
    ///   - text: the text that met it.
    ///   - appIDs: what identifies the event's app.
    ///   - time: of the event; an entry that has expired by then does not count.
    func silences(target: Int, text: String, appIDs: [String], at time: Timestamp) -> Bool {
        guard let entries = entries[target] else { return false }
        let folded = NameFolding.fold(text)
        let ids = appIDs.map(KeyKind.appID.fold)
        return entries.contains { entry in
            time < entry.expires
                && (entry.texts.contains(folded) || !entry.appIDs.isDisjoint(with: ids))
        }
    }
}
