import Foundation

/// What `cordon generate --truth` says a stream holds, as far as these tests look at it.
struct StreamTruth: Decodable {
    struct Topic: Decodable {
        var topic: String
        var records: Int64
        var duplicates: Int64
    }

    struct Downloads: Decodable {
        var year: Int
        var country: String
        var store: String
        var appId: String?
        var storeAppId: String?
        var acquisition: String
        var units: Int64
    }

    struct Flags: Decodable {
        var target: String
        var act: String
        var state: String
        var disposition: String
        var flags: Int64
    }

    struct Press: Decodable {
        var app: String
        var units: Int64
    }

    var byTopic: [Topic]
    var downloads: [Downloads]
    var flags: [Flags]
    var flagTotal: Int
    var press: [Press]

    init(file: String) throws {
        let data = try Data(contentsOf: URL(filePath: file))
        self = try JSONDecoder().decode(StreamTruth.self, from: data)
    }

    /// Units by year, country, store, app, store app and acquisition, without the zeros.
    var units: [String: Int64] {
        var units: [String: Int64] = [:]
        for row in downloads where row.units != 0 {
            let parts = [
                "\(row.year)", row.country, row.store, row.appId ?? "", row.storeAppId ?? "",
                row.acquisition,
            ]
            units[parts.joined(separator: " "), default: 0] += row.units
        }
        return units
    }

    /// Flags by target, act, state and disposition, as lines of a CSV without its heading.
    var flagLines: Set<String> {
        Set(flags.map { "\($0.target),\($0.act),\($0.state),\($0.disposition),\($0.flags)" })
    }
}
