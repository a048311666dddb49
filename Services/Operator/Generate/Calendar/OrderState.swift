/// Where Executive Order 13971 stands in an hour of the stream, told from the order's dates alone.
///
/// Written by hand and apart from the shipped rules, so that what the generator expects is an
/// independent check of them. All dates begin at midnight in New York, on a full hour of UTC.
enum OrderState: Int, Sendable, CaseIterable {
    case beforeSignature, pending, unimplemented, revoked

    /// The first hour of the state: signed 2021-01-05T05:00Z, effective 2021-02-19T05:00Z,
    /// revoked 2021-06-09T04:00Z.
    var firstHour: StreamHour {
        switch self {
        case .beforeSignature: StreamHour(index: 0)
        case .pending: StreamHour(day: 366 + 4, hour: 5)
        case .unimplemented: StreamHour(day: 366 + 31 + 18, hour: 5)
        case .revoked: StreamHour(day: 366 + 31 + 28 + 31 + 30 + 31 + 8, hour: 4)
        }
    }

    init(at hour: StreamHour) {
        self = Self.allCases.last { hour >= $0.firstHour } ?? .beforeSignature
    }

    /// The state's word in a flag.
    var word: String {
        switch self {
        case .beforeSignature: "before-signature"
        case .pending: "pending"
        case .unimplemented: "unimplemented"
        case .revoked: "revoked"
        }
    }

    /// What a flag asks for in this state; nil where nothing is flagged.
    var disposition: String? {
        switch self {
        case .pending, .unimplemented: "review"
        case .beforeSignature, .revoked: nil
        }
    }

    /// The last hour before and the first hour of each change.
    static let boundaryHours: [StreamHour] = allCases.dropFirst().flatMap { state in
        [StreamHour(index: state.firstHour.index - 1), state.firstHour]
    }
}
