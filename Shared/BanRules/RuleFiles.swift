// Reading a directory is the one thing here that the standard library does not do.
internal import Foundation

/// Directive files on their way to a rule set, as bytes, so that they can also be examined.
public struct RuleFiles: Sendable {
    /// One file.
    public struct File: Sendable {
        /// The file's name, which only appears in messages.
        public let name: String
        /// YAML or JSON in UTF-8.
        public let bytes: [UInt8]

        /// Takes the content of a file.
        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// The files, in the order given.
    public let files: [File]

    /// Takes files as they are.
    public init(_ files: [File]) {
        self.files = files
    }

    /// The directives that ship with the program.
    public static let shipped = RuleFiles([
        File(name: "in-it-act-69a.yaml", bytes: PackageResources.in_it_act_69a_yaml),
        File(name: "us-eo-13942.yaml", bytes: PackageResources.us_eo_13942_yaml),
        File(name: "us-eo-13943.yaml", bytes: PackageResources.us_eo_13943_yaml),
        File(name: "us-eo-13971.yaml", bytes: PackageResources.us_eo_13971_yaml),
        File(name: "us-pafaca.yaml", bytes: PackageResources.us_pafaca_yaml),
    ])

    /// Directives that ship but are no law; each makes a set of its own, by name.
    public static let scenarios = [
        "scenario/us-eo-13971-as-reported": RuleFiles([
            File(
                name: "scenario/us-eo-13971-as-reported.yaml",
                bytes: PackageResources.us_eo_13971_as_reported_yaml
            )
        ])
    ]

    /// The files that a setting asks for: the shipped ones if it is absent or empty, a scenario by
    /// its name, else those of a directory.
    public static func asked(by setting: String?) throws(RuleProblems) -> RuleFiles {
        guard let setting, !setting.isEmpty else { return shipped }
        if let scenario = scenarios[setting] { return scenario }
        return try directory(setting)
    }

    /// Every `*.yaml` and `*.yml` file of a directory, not of directories within it.
    ///
    /// - Throws: every file that cannot be read, and the lack of any.
    public static func directory(_ path: String) throws(RuleProblems) -> RuleFiles {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }
                .sorted()
        } catch {
            throw RuleProblems([.init(file: path, message: "cannot be read: \(error)")])
        }
        guard !names.isEmpty else {
            throw RuleProblems([
                .init(file: path, message: "the directory has no .yaml or .yml file")
            ])
        }
        return try paths(names.map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 })
    }

    /// The files at some paths.
    ///
    /// - Throws: every file that cannot be read, together with what is wrong with the others.
    public static func paths(_ paths: [String]) throws(RuleProblems) -> RuleFiles {
        var files: [File] = []
        var problems: [RuleProblems.Problem] = []
        for path in paths {
            if let data = FileManager.default.contents(atPath: path) {
                files.append(File(name: path, bytes: Array(data)))
            } else {
                problems.append(.init(file: path, message: "the file cannot be read"))
            }
        }
        guard !problems.isEmpty else { return RuleFiles(files) }
        for file in files {
            problems += DirectiveReader.read(file: file.name, bytes: file.bytes).problems
        }
        throw RuleProblems(problems)
    }
}
