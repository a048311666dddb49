import BanRules
import Events
import Foundation
import Kafka
import RuleFeed
import ServiceKit

/// Where a command's rules come from, and the way to them.
struct RuleSetting {
    /// What the command line asks for; published rules do not come before it.
    let flag: String?
    private let environment: [String: String]

    init(
        flag: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.flag = flag
        self.environment = environment
    }

    private var asked: String? { flag ?? environment["CORDON_RULES"] }

    /// The files, for a command that looks at files alone.
    func files() throws(RuleProblems) -> RuleFiles { try RuleFiles.asked(by: asked) }

    /// The set of the files, for a command that needs it on its way.
    ///
    /// - Throws: ``ToolFailure`` with every problem of the files, one a line.
    func load() throws(ToolFailure) -> ActiveRules {
        do throws(RuleProblems) {
            return try ActiveRules(askedBy: asked)
        } catch {
            throw ToolFailure("the rules cannot be used:\n" + error.description)
        }
    }

    /// The published set; nil if there is none, or if the flag asks for files.
    func published(_ connection: Connection) throws -> ActiveRules? {
        guard flag == nil else { return nil }
        let topic = connection.topics.banRules
        var rules = RuleTopic(try connection.reader(), topic: topic)
        defer { rules.close() }
        let release = try rules.look(timeLimit: connection.timeLimit) { offset, reason in
            Terminal.writeError(
                "warning: the set at offset \(offset) of \(topic) cannot be used: \(reason)\n"
            )
        }
        return release.map { ActiveRules($0) }
    }
}
