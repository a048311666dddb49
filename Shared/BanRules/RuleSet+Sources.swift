// Reading a directory is the one thing here that the standard library does not do.
internal import Foundation

extension RuleSet {
    /// The directives that ship with the program.
    ///
    /// - Throws: only if the program was built with a broken directive, which its tests prevent.
    public static func shipped() throws(RuleProblems) -> RuleSet {
        try RuleSet(files: [
            (name: "us-eo-13971.yaml", bytes: PackageResources.us_eo_13971_yaml)
        ])
    }

    /// Reads every `*.yaml` and `*.yml` file of a directory, not of directories within it.
    ///
    /// - Throws: every problem of every file at once, also if there is no such file at all.
    public static func load(directory: String) throws(RuleProblems) -> RuleSet {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }
                .sorted()
        } catch {
            throw RuleProblems([.init(file: directory, message: "cannot be read: \(error)")])
        }
        guard !names.isEmpty else {
            throw RuleProblems([
                .init(file: directory, message: "the directory has no .yaml or .yml file")
            ])
        }
        var files: [(name: String, bytes: [UInt8])] = []
        var problems: [RuleProblems.Problem] = []
        for name in names {
            let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
            if let data = FileManager.default.contents(atPath: path) {
                files.append((path, Array(data)))
            } else {
                problems.append(.init(file: path, message: "the file cannot be read"))
            }
        }
        // A file that cannot be read does not hide what is wrong with the others.
        let ruleSet: RuleSet
        do {
            ruleSet = try RuleSet(files: files)
        } catch {
            throw RuleProblems(problems + error.problems)
        }
        guard problems.isEmpty else { throw RuleProblems(problems) }
        return ruleSet
    }
}
