import BanRules
import Events

/// Brings the ids under which an app is known together, by the targets of a rule set.
///
/// A store's feed may name Alipay by its bundle id, its package or its numeric id: three keys of
/// `download-counts`, one line of a report.
struct AppNames {
    /// What stands on a line of a report.
    struct Line: Hashable {
        /// The target's id, or for an app that is no target the id its events carry.
        let id: String
        /// The target's title; nil for an app that is no target.
        let title: String?

        var isTarget: Bool { title != nil }
    }

    private let rules: RuleSet

    init(_ rules: RuleSet) {
        self.rules = rules
    }

    /// The line that an app's counts belong to.
    func line(of app: DownloadCount.AppKey) -> Line {
        if let target = app.appID.flatMap({ rules.targetID(forAppID: $0) }) {
            return Line(id: target.id, title: target.title)
        }
        if let target = app.storeAppID.flatMap({ rules.targetID(forStoreAppID: $0) }),
            app.store == "apple"
        {
            return Line(id: target.id, title: target.title)
        }
        return Line(id: app.appID ?? app.storeAppID ?? "", title: nil)
    }

    /// Whether an app is the one that a person names by a target's id or by any of the app's ids.
    func matches(_ app: DownloadCount.AppKey, name: String) -> Bool {
        let wanted = name.asciiLowercased
        let line = line(of: app)
        if line.id.asciiLowercased == wanted || line.title?.asciiLowercased == wanted
            || app.appID?.asciiLowercased == wanted
            || app.storeAppID == name
        {
            return true
        }
        let named =
            rules.targetID(forAppID: name)?.id ?? rules.targetID(forStoreAppID: name)?.id
        return line.isTarget && line.id == named
    }
}

extension String {
    /// The text with `A` to `Z` in lower case, all else untouched: how app ids are compared.
    var asciiLowercased: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
