internal import Events

/// The rule sets of `ban-rules`, record by record: what stands on the topic becomes a set only with
/// the manifest that ends it, and only if it is exactly what the manifest says.
///
/// A set that cannot be used leaves the one before in place. Pure; owned by one thread.
public struct PublishedRules: Sendable {
    /// A set that is in use, and where it came from.
    public struct Release: Sendable {
        /// The rules.
        public let ruleSet: RuleSet
        /// What they were published as.
        public let manifest: RuleManifest
        /// The offset of the manifest in its topic.
        public let offset: Int64
    }

    /// What a record brought.
    public enum Change: Sendable {
        /// Nothing to act on yet.
        case none
        /// Another set holds from now on.
        case switched(Release)
        /// A set was published that cannot be used.
        case refused(offset: Int64, reason: String)
    }

    /// The set that holds; nil before the first one.
    public private(set) var current: Release?
    /// Directives since the last manifest, by id.
    private var pending: [String: [UInt8]] = [:]
    /// More than this between two manifests is no rule set, and is not kept.
    private static let pendingLimit = 10_000

    /// Begins with an empty topic.
    public init() {}

    /// Takes the next record of the topic.
    ///
    /// - Parameters:
    ///   - key: the record's key, empty for none.
    ///   - value: the record's value, nil for a tombstone.
    ///   - offset: the record's offset.
    public mutating func take(key: RawSpan, value: RawSpan?, offset: Int64) -> Change {
        let name = String(decoding: key.copied(), as: UTF8.self)
        guard name == RuleManifest.key else {
            pending[name] = value?.copied()
            guard pending.count <= Self.pendingLimit else {
                pending = [:]
                return .refused(offset: offset, reason: "too many directives without a manifest")
            }
            return .none
        }
        defer { pending = [:] }
        guard let value else {
            return .refused(offset: offset, reason: "the manifest has no value")
        }
        let manifest: RuleManifest
        do throws(Rejection) {
            manifest = try RuleManifest(value: value)
        } catch {
            return .refused(offset: offset, reason: "the manifest is broken: \(error)")
        }
        do throws(Refusal) {
            let release = Release(
                ruleSet: try ruleSet(of: manifest),
                manifest: manifest,
                offset: offset
            )
            current = release
            return .switched(release)
        } catch {
            return .refused(offset: offset, reason: error.reason)
        }
    }

    private struct Refusal: Error {
        var reason: String
    }

    /// The set that a manifest names, from what was published with it or is in use already.
    private func ruleSet(of manifest: RuleManifest) throws(Refusal) -> RuleSet {
        var files: [RuleFiles.File] = []
        for entry in manifest.directives {
            let known = current?.ruleSet.directives.first { $0.id == entry.id }?.canonicalJSON
            guard let bytes = pending[entry.id] ?? known else {
                throw Refusal(reason: "the directive \(entry.id) was not published")
            }
            files.append(RuleFiles.File(name: entry.id, bytes: bytes))
        }
        let ruleSet: RuleSet
        do throws(RuleProblems) {
            ruleSet = try RuleSet(RuleFiles(files))
        } catch {
            throw Refusal(reason: error.description)
        }
        let found = ruleSet.directives.map { RuleManifest.Entry(id: $0.id, digest: $0.digest) }
        guard found == manifest.directives.sorted(by: { $0.id < $1.id }),
            ruleSet.digest == manifest.digest
        else {
            throw Refusal(reason: "the directives are not those that the manifest names")
        }
        if let failure = ruleSet.failures(stoppingEarly: true).first {
            throw Refusal(reason: "a test fails: \(failure)")
        }
        return ruleSet
    }
}
