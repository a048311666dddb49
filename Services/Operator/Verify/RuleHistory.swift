import BanRules
import Events
import Kafka
import RuleFeed

/// Every rule set that can have judged anything, by its digest: what was ever published, and the
/// files of today.
struct RuleHistory {
    private var sets: [String: RuleIndex] = [:]
    /// The files of today, for what can be done under any set.
    let files: RuleIndex

    /// Reads `ban-rules` from its beginning.
    init(_ connection: Connection, files: RuleSet) throws {
        self.files = RuleIndex(files)
        sets[files.digest] = self.files
        let topic = connection.topics.banRules
        var rules = RuleTopic(try connection.reader(), topic: topic)
        defer { rules.close() }
        var found: [RuleSet] = []
        _ = try rules.look(timeLimit: connection.timeLimit, refused: { _, _ in }) {
            found.append($0.ruleSet)
        }
        for ruleSet in found { sets[ruleSet.digest] = RuleIndex(ruleSet) }
    }

    /// The set with a digest, if it is known.
    subscript(digest: String) -> RuleIndex? { sets[digest] }
}
