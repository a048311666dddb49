import Foundation
import Testing

/// Applies every rule to the tree this file stands in.
struct HouseStyleTests {
    @Test(arguments: HouseRule.allCases)
    func `the tree keeps the rule`(rule: HouseRule) throws {
        let exceptions = Set(HouseRule.exceptions.filter { $0.rule == rule }.map(\.path))
        let violations = try Self.tree.get().violations(of: rule)
            .filter { !exceptions.contains($0.path) }
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: HouseRule.exceptions)
    func `an exception is still needed`(exception: HouseRule.Exception) throws {
        let violations = try Self.tree.get().violations(of: exception.rule)
        #expect(violations.contains { $0.path == exception.path })
    }

    @Test func `the tree holds the files that make the project`() throws {
        let tree = try Self.tree.get()
        #expect(tree.texts["Package.swift"] != nil)
        #expect(tree.swift.count > 50)
        #expect(!tree.texts.keys.contains { $0.hasPrefix(".build") || $0.hasPrefix(".git/") })
    }

    private static let tree = Result { try SourceTree(root: root) }

    /// The folder of the manifest, found upwards from this file.
    private static var root: URL {
        get throws {
            var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
            repeat {
                folder.deleteLastPathComponent()
                let manifest = folder.appending(path: "Package.swift").path
                if FileManager.default.fileExists(atPath: manifest) { return folder }
            } while folder.path != "/"
            throw CocoaError(.fileNoSuchFile)
        }
    }
}

extension SourceTree {
    fileprivate func violations(of rule: HouseRule) -> [Violation] {
        rule.violations(in: self)
    }
}
